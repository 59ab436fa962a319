using System.Text.Json;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Storage.Sqlite;

/// <summary>The read models in a file: one of its own, so that projections never keep the event store's writer waiting.</summary>
public sealed class SqliteViews : ViewsDatabase
{
    private static readonly string s_moveCheckpoint = SqlText.Load(typeof(SqliteViews), "MoveCheckpoint");
    private static readonly string s_addCheckpoint = SqlText.Load(typeof(SqliteViews), "AddCheckpoint");

    private readonly SqliteDatabase _database;

    private SqliteViews(SqliteDatabase database) => _database = database;

    public static SqliteViews Open(SqliteDatabaseOptions options)
    {
        var database = SqliteDatabase.Open(options);
        try
        {
            database.Migrate("read-models", typeof(SqliteViews));
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return new SqliteViews(database);
    }

    /// <summary>Empties the write-ahead log, so that what was erased is in no file any more.</summary>
    public Task<bool> CheckpointAsync(CancellationToken ct = default) => _database.CheckpointAsync(ct);

    public override void Dispose() => _database.Dispose();

    internal override Task<List<T>> QueryAsync<T>(ViewSql sql, Func<IRow, T> map, CancellationToken ct, params object[] parameters) =>
        _database.ReadAsync(session =>
        {
            var statement = session.Statement(sql.Sqlite);
            for (var i = 0; i < parameters.Length; i++) Bind(statement, i + 1, parameters[i]);
            var row = new SqliteRow(statement);
            return statement.ToList(_ => map(row));
        }, ct);

    internal override Task<List<T>> ReadRowsAsync<T>(ViewSql sql, Func<IRow, T> map, string[] keys, CancellationToken ct) =>
        QueryAsync(sql, map, ct, [keys]);

    /// <summary>The file has one process, which holds every lease.</summary>
    internal override Task<bool> CommitAsync(CheckpointMove move, Lease? lease, IReadOnlyList<IRowWrite> writes, CancellationToken ct) =>
        _database.WriteAsync(session =>
        {
            if (!Move(session, move)) return false;
            foreach (var write in writes) write.Execute(session);
            return true;
        }, ct);

    internal override string SearchOf(IEnumerable<string> words) => string.Join(' ', words.Select(static word => $"\"{word}\"*"));

    private static bool Move(SqliteSession session, CheckpointMove move)
    {
        var moved = session.Statement(s_moveCheckpoint)
            .Bind(1, move.Consumer).Bind(2, move.From.Version).Bind(3, move.From.Position).Bind(4, move.To.Version).Bind(5, move.To.Position);
        if (moved.Execute() == 1) return true;
        return move.From.Position == 0 && session.Statement(s_addCheckpoint)
            .Bind(1, move.Consumer).Bind(2, move.To.Version).Bind(3, move.To.Position).Execute() == 1;
    }

    private static void Bind(SqliteStatement statement, int index, object value) => _ = value switch
    {
        string text => statement.Bind(index, text),
        int number => statement.Bind(index, number),
        long number => statement.Bind(index, number),
        DateTimeOffset time => statement.Bind(index, time),
        string[] texts => statement.Bind(index, JsonSerializer.Serialize(texts)),
        _ => throw new ArgumentException($"A query takes no {value.GetType()}.", nameof(value)),
    };
}
