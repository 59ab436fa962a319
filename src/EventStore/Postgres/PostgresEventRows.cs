using Crescent.EventStore.Serialization;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>The queries that answer events or a snapshot, in their stored form.</summary>
static class PostgresEventRows
{
    static readonly string ReadStreamSql = SqlText.Load(typeof(PostgresEventRows), "ReadStream");
    static readonly string ReadLogSql = SqlText.Load(typeof(PostgresEventRows), "ReadLog");
    static readonly string ReadCommandSql = SqlText.Load(typeof(PostgresEventRows), "ReadCommand");
    static readonly string ReadSnapshotSql = SqlText.Load(typeof(PostgresEventRows), "ReadSnapshot");

    public static Task<List<StoredEvent>> ReadStreamAsync(PostgresDatabase database, StreamName stream, int afterVersion, int maxCount, CancellationToken ct) =>
        database.QueryAsync(
            ReadStreamSql, Event, ct,
            Parameter.Of(stream.Category), Parameter.Of(stream.Id), Parameter.Of(afterVersion), Parameter.Of(maxCount));

    public static Task<List<StoredEvent>> ReadLogAsync(PostgresDatabase database, long afterPosition, int maxCount, CancellationToken ct) =>
        database.QueryAsync(ReadLogSql, Event, ct, Parameter.Of(afterPosition), Parameter.Of(maxCount));

    public static Task<List<StoredEvent>> ReadCommandAsync(PostgresDatabase database, StreamName stream, Guid commandId, CancellationToken ct) =>
        database.QueryAsync(ReadCommandSql, Event, ct, Parameter.Of(stream.Category), Parameter.Of(stream.Id), Parameter.Of(commandId));

    public static async Task<StoredSnapshot?> ReadSnapshotAsync(PostgresDatabase database, StreamName stream, CancellationToken ct)
    {
        var found = await database.QueryAsync(
            ReadSnapshotSql,
            row => new StoredSnapshot(stream, row.GetInt32(0), row.GetString(1), TextOrNull(row, 2), row.GetFieldValue<byte[]>(3)),
            ct, Parameter.Of(stream.Category), Parameter.Of(stream.Id));
        return found.FirstOrDefault();
    }

    static StoredEvent Event(NpgsqlDataReader row) => new(
        Position: row.GetInt64(0),
        Version: row.GetInt32(1),
        Stream: new StreamName(row.GetString(2), row.GetString(3)),
        Type: row.GetString(4),
        SchemaVersion: row.GetInt32(5),
        EventId: row.GetGuid(6),
        BatchId: row.GetGuid(7),
        CommandIndex: row.GetInt32(9),
        Metadata: new EventMetadata(
            row.GetGuid(8), row.GetString(10), TextOrNull(row, 11), TextOrNull(row, 12), row.GetFieldValue<DateTimeOffset>(13)),
        SubjectId: TextOrNull(row, 14),
        Data: row.GetFieldValue<byte[]>(15));

    static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
