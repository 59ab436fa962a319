using SQLitePCL;

namespace Crescent.EventStore.Sqlite;

/// <summary>One connection in the hands of one thread, with its prepared statements.</summary>
public sealed class SqliteSession : IDisposable
{
    readonly sqlite3 _database;
    readonly Dictionary<string, SqliteStatement> _statements = new(SqlTextComparer.Instance);
    readonly List<SqliteStatement> _open = [];

    static SqliteSession() => Batteries_V2.Init();

    internal SqliteSession(string path, TimeSpan busyTimeout)
    {
        var code = raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            _database.Dispose();
            throw new SqliteErrorException(code, $"The database file '{path}' cannot be opened: {raw.sqlite3_errstr(code).utf8_to_string()}.");
        }

        raw.sqlite3_extended_result_codes(_database, 1);
        // A prepared statement stays as it was planned; without this, SQLite plans it anew whenever a limit or a range is bound.
        raw.sqlite3_db_config(_database, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        raw.sqlite3_busy_timeout(_database, (int)busyTimeout.TotalMilliseconds);
    }

    /// <summary>The statement of this text, prepared once per connection, with nothing bound.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement)) return statement.Renew();
        return _statements[sql] = new SqliteStatement(_database, sql, _open);
    }

    /// <summary>Runs a script of any number of statements without parameters.</summary>
    public void ExecuteScript(string sql)
    {
        var code = raw.sqlite3_exec(_database, sql);
        if (code != raw.SQLITE_OK) throw Error(_database, code, sql);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _database.Dispose();
    }

    internal bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>Ends what the last piece of work left open, so that no read transaction outlives it.</summary>
    internal void ResetStatements()
    {
        while (_open.Count > 0) _open[^1].Reset();
    }

    internal static SqliteErrorException Error(sqlite3 database, int code, string sql) =>
        new(raw.sqlite3_extended_errcode(database) is var extended && extended != raw.SQLITE_OK ? extended : code,
            $"SQLite error {code}: {raw.sqlite3_errmsg(database).utf8_to_string()} in: {sql.Trim()}");

    /// <summary>
    /// Statements are looked up for each piece of work, and their texts are long: most lookups find the very same
    /// string, and the length with the end tells the others apart without reading all of it.
    /// </summary>
    sealed class SqlTextComparer : IEqualityComparer<string>
    {
        const int HashedEnd = 8;

        public static readonly SqlTextComparer Instance = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string sql) =>
            HashCode.Combine(sql.Length, string.GetHashCode(sql.AsSpan(Math.Max(0, sql.Length - HashedEnd)), StringComparison.Ordinal));
    }
}
