using System.Text.Json;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.ReadModels.Storage;

/// <summary>Rows on their way into a database.</summary>
internal interface IRowWrite
{
    /// <summary>The function of the PostgreSQL database that takes them, an array per column.</summary>
    string Function { get; }

    int Count { get; }

    IEnumerable<NpgsqlParameter> Parameters();

    void Execute(SqliteSession session);
}

internal static class RowWriter
{
    /// <summary>What is done once and takes nothing.</summary>
    public static IRowWrite Once(Type neighbour, string name) => RowWriter<int>.Load(neighbour, name).Of([0]);
}

/// <summary>
/// How rows of one kind are written: into SQLite by a statement for each row (the file of that name in the folder
/// <c>Sqlite</c>), into PostgreSQL by a function for all of them at once (of the same name, in the migrations). Both take
/// the columns in the order in which they are named here.
/// </summary>
internal sealed class RowWriter<TRow>
{
    private readonly List<IColumn> _columns = [];
    private readonly Action<SqliteSession, TRow> _executeOne;
    private readonly string _function;

    private RowWriter(string function, Action<SqliteSession, TRow> executeOne) => (_function, _executeOne) = (function, executeOne);

    private RowWriter(string function, string sqlite)
    {
        _function = function;
        _executeOne = (session, row) => Execute(session.Statement(sqlite), row);
    }

    private interface IColumn
    {
        void Bind(SqliteStatement statement, int index, TRow row);

        NpgsqlParameter Parameter(IReadOnlyList<TRow> rows);
    }

    /// <param name="neighbour">A type beside the folder.</param>
    public static RowWriter<TRow> Load(Type neighbour, string name) => new(FunctionOf(name), SqlText.Load(neighbour, $"Sqlite.{name}"));

    /// <summary>For what a single statement of SQLite can't do.</summary>
    public static RowWriter<TRow> Create(string name, Action<SqliteSession, TRow> sqlite) => new(FunctionOf(name), sqlite);

    public IRowWrite Of(IReadOnlyList<TRow> rows) => new Write(this, rows);

    public RowWriter<TRow> Text(Func<TRow, string?> value) =>
        Add(value, static (statement, index, text) => statement.Bind(index, text), NpgsqlDbType.Text);

    public RowWriter<TRow> Int32(Func<TRow, int> value) =>
        Add(value, static (statement, index, number) => statement.Bind(index, number), NpgsqlDbType.Integer);

    public RowWriter<TRow> Int64(Func<TRow, long> value) =>
        Add(value, static (statement, index, number) => statement.Bind(index, number), NpgsqlDbType.Bigint);

    public RowWriter<TRow> Decimal(Func<TRow, decimal> value) =>
        Add(value, static (statement, index, number) => statement.Bind(index, number), NpgsqlDbType.Numeric);

    public RowWriter<TRow> Guid(Func<TRow, Guid> value) =>
        Add(value, static (statement, index, id) => statement.Bind(index, id), NpgsqlDbType.Uuid);

    public RowWriter<TRow> Time(Func<TRow, DateTimeOffset?> value) => Add(
        row => value(row)?.ToUniversalTime(), static (statement, index, time) => statement.Bind(index, time), NpgsqlDbType.TimestampTz);

    private static string FunctionOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Execute(SqliteStatement statement, TRow row)
    {
        for (var i = 0; i < _columns.Count; i++) _columns[i].Bind(statement, i + 1, row);
        statement.Execute();
    }

    private RowWriter<TRow> Add<TValue>(Func<TRow, TValue> value, Action<SqliteStatement, int, TValue> bind, NpgsqlDbType type)
    {
        _columns.Add(new Column<TValue>(value, bind, type));
        return this;
    }

    private sealed class Column<TValue>(Func<TRow, TValue> value, Action<SqliteStatement, int, TValue> bind, NpgsqlDbType type) : IColumn
    {
        public void Bind(SqliteStatement statement, int index, TRow row) => bind(statement, index, value(row));

        public NpgsqlParameter Parameter(IReadOnlyList<TRow> rows)
        {
            var values = new TValue[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
            return new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
        }
    }

    private sealed class Write(RowWriter<TRow> writer, IReadOnlyList<TRow> rows) : IRowWrite
    {
        public string Function => writer._function;

        public int Count => rows.Count;

        public IEnumerable<NpgsqlParameter> Parameters() => writer._columns.Select(column => column.Parameter(rows));

        public void Execute(SqliteSession session)
        {
            foreach (var row in rows) writer._executeOne(session, row);
        }
    }
}
