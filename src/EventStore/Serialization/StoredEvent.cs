namespace Crescent.EventStore.Serialization;

/// <summary>An event as the stores keep it: everything but its place is decided before it is written.</summary>
/// <param name="CommandIndex">Its place among the events of its command, from 0.</param>
/// <param name="SubjectId">The user whose key encrypts a part of <paramref name="Data"/>, if any.</param>
sealed record StoredEvent(
    StreamName Stream,
    int Version,
    long Position,
    string Type,
    int SchemaVersion,
    Guid EventId,
    Guid BatchId,
    int CommandIndex,
    EventMetadata Metadata,
    string? SubjectId,
    ReadOnlyMemory<byte> Data);

/// <summary>A snapshot as the stores keep it.</summary>
sealed record StoredSnapshot(StreamName Stream, int Version, string SchemaHash, string? SubjectId, ReadOnlyMemory<byte> Data);
