using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Crescent.EventStore.Sqlite;

/// <summary>
/// A prepared statement: bind, then <see cref="Execute"/> or <see cref="Step"/> and read the columns. Belongs to its
/// session and is valid until that session's work ends. Guids are stored as 16 bytes in network order, times as UTC
/// microseconds since 1970, decimals as invariant text.
/// </summary>
public sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 _database;
    readonly sqlite3_stmt _statement;
    readonly string _sql;
    readonly List<SqliteStatement> _allOpen;
    bool _isOpen;

    /// <param name="allOpen">The session's statements that stand on a row; this one enters and leaves.</param>
    internal SqliteStatement(sqlite3 database, string sql, List<SqliteStatement> allOpen)
    {
        (_database, _sql, _allOpen) = (database, sql, allOpen);
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null) return BindNull(index);
        Span<byte> utf8 = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(value, utf8, out var length)) return BindUtf8(index, utf8[..length]);
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_statement, index, bytes));
        return this;
    }

    public SqliteStatement Bind(int index, DateTimeOffset value) => Bind(index, SqliteTime.ToMicroseconds(value));

    public SqliteStatement Bind(int index, DateTimeOffset? value) => value is { } time ? Bind(index, time) : BindNull(index);

    public SqliteStatement Bind(int index, decimal value) => Bind(index, value.ToString(CultureInfo.InvariantCulture));

    public SqliteStatement Bind(int index, bool value) => Bind(index, value ? 1L : 0L);

    /// <summary>Binds UTF-8 text without a detour over a string.</summary>
    public SqliteStatement BindUtf8(int index, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, which SQLite would take for NULL.
        Check(utf8.IsEmpty ? raw.sqlite3_bind_text(_statement, index, "") : raw.sqlite3_bind_text(_statement, index, utf8));
        return this;
    }

    public SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, index, 0) : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>The index of a named parameter, to bind it by: <c>statement.Bind(statement["$id"], id)</c>.</summary>
    public int this[string name]
    {
        get
        {
            var index = raw.sqlite3_bind_parameter_index(_statement, name);
            return index > 0 ? index : throw new ArgumentException($"No parameter {name} in: {_sql}");
        }
    }

    /// <summary>Runs the statement to its end and answers how many rows it changed.</summary>
    public int Execute()
    {
        while (Step()) { }
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Moves to the next row; false at the end, and the statement is ready to be bound again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            if (!_isOpen) _allOpen.Add(this);
            return _isOpen = true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var error = SqliteSession.Error(_database, code, _sql);
            Reset();
            throw error;
        }

        Reset();
        return false;
    }

    /// <summary>All rows, mapped.</summary>
    public List<T> ToList<T>(Func<SqliteStatement, T> map)
    {
        var rows = new List<T>();
        while (Step()) rows.Add(map(this));
        return rows;
    }

    /// <summary>The first row, mapped, or the default.</summary>
    public T? FirstOrDefault<T>(Func<SqliteStatement, T> map)
    {
        if (!Step()) return default;
        var row = map(this);
        Reset();
        return row;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public double GetDouble(int column) => raw.sqlite3_column_double(_statement, column);

    public string GetString(int column) => Encoding.UTF8.GetString(GetBytes(column));

    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    public Guid GetGuid(int column) => new(GetBytes(column), bigEndian: true);

    public decimal GetDecimal(int column) => decimal.Parse(GetString(column), CultureInfo.InvariantCulture);

    public DateTimeOffset GetTime(int column) => SqliteTime.FromMicroseconds(GetInt64(column));

    public DateTimeOffset? GetTimeOrNull(int column) => IsNull(column) ? null : GetTime(column);

    /// <summary>The column's bytes (a blob, or text as UTF-8); valid until the next step.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    /// <summary>Ready for its next use, with nothing bound.</summary>
    internal SqliteStatement Renew()
    {
        if (_isOpen) Reset();
        raw.sqlite3_clear_bindings(_statement);
        return this;
    }

    /// <summary>Leaves the row it stands on; what is bound stays.</summary>
    internal void Reset()
    {
        raw.sqlite3_reset(_statement);
        if (!_isOpen) return;
        _isOpen = false;
        _allOpen.Remove(this);
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw SqliteSession.Error(_database, code, _sql);
    }
}
