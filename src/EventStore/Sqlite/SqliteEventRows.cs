using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Sqlite;

/// <summary>The queries that answer events or a snapshot, in their stored form.</summary>
static class SqliteEventRows
{
    static readonly string ReadStreamSql = SqlText.Load(typeof(SqliteEventRows), "ReadStream");
    static readonly string ReadLogSql = SqlText.Load(typeof(SqliteEventRows), "ReadLog");
    static readonly string ReadCommandSql = SqlText.Load(typeof(SqliteEventRows), "ReadCommand");
    static readonly string ReadSnapshotSql = SqlText.Load(typeof(SqliteEventRows), "ReadSnapshot");

    public static List<StoredEvent> ReadStream(SqliteSession session, StreamName stream, int afterVersion, int maxCount) =>
        session.Statement(ReadStreamSql)
            .Bind(1, stream.Category).Bind(2, stream.Id).Bind(3, afterVersion).Bind(4, maxCount)
            .ToList(Event);

    public static List<StoredEvent> ReadLog(SqliteSession session, long afterPosition, int maxCount) =>
        session.Statement(ReadLogSql).Bind(1, afterPosition).Bind(2, maxCount).ToList(Event);

    public static List<StoredEvent> ReadCommand(SqliteSession session, StreamName stream, Guid commandId) =>
        session.Statement(ReadCommandSql).Bind(1, stream.Category).Bind(2, stream.Id).Bind(3, commandId).ToList(Event);

    public static StoredSnapshot? ReadSnapshot(SqliteSession session, StreamName stream) =>
        session.Statement(ReadSnapshotSql).Bind(1, stream.Category).Bind(2, stream.Id)
            .FirstOrDefault(row => new StoredSnapshot(
                stream, row.GetInt32(0), row.GetString(1), row.GetStringOrNull(2), row.GetBytes(3).ToArray()));

    static StoredEvent Event(SqliteStatement row) => new(
        Position: row.GetInt64(0),
        Version: row.GetInt32(1),
        Stream: new StreamName(row.GetString(2), row.GetString(3)),
        Type: row.GetString(4),
        SchemaVersion: row.GetInt32(5),
        EventId: row.GetGuid(6),
        BatchId: row.GetGuid(7),
        CommandIndex: row.GetInt32(9),
        Metadata: new EventMetadata(
            row.GetGuid(8), row.GetString(10), row.GetStringOrNull(11), row.GetStringOrNull(12), row.GetTime(13)),
        SubjectId: row.GetStringOrNull(14),
        Data: row.GetBytes(15).ToArray());
}
