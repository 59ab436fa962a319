using Crescent.Domain;

namespace Crescent.EventStore;

/// <summary>What caused an event and when. <see cref="Time"/> is kept in UTC, to the microsecond.</summary>
public sealed record EventMetadata(
    Guid CommandId,
    string CorrelationId,
    string? CausationId,
    string? TraceParent,
    DateTimeOffset Time);

/// <summary>An event to append. Its id is derived from stream, command and index, so that a retry derives it again.</summary>
public sealed record NewEvent(Guid EventId, IDomainEvent Event, EventMetadata Metadata);

/// <summary>An event as it stands in the log.</summary>
/// <param name="Version">Its place in its stream, from 1, without gaps.</param>
/// <param name="Position">Its place in the log of all streams, from 1, without gaps, in commit order.</param>
/// <param name="Type">The stored type name, such as <c>order.placed</c>.</param>
/// <param name="SchemaVersion">The schema version it was stored with; <paramref name="Event"/> is already upcast.</param>
/// <param name="Event">The event itself; personal data of an erased user reads as erased.</param>
public sealed record RecordedEvent(
    StreamName Stream,
    int Version,
    long Position,
    Guid EventId,
    Guid BatchId,
    string Type,
    int SchemaVersion,
    IDomainEvent Event,
    EventMetadata Metadata);
