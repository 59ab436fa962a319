using System.Collections.Immutable;

namespace Crescent.GrainInterfaces.Integration;

/// <summary>
/// What happened, as the streams carry it: the attributes of CloudEvents 1.0 and where the event stands in its
/// partition. Streams may lose and repeat; the two positions let a consumer see both.
/// </summary>
/// <param name="Id">CloudEvents <c>id</c>: the event id, the same at every repetition.</param>
/// <param name="Source">CloudEvents <c>source</c>: <c>/crescent/{category}/{aggregate id}</c>.</param>
/// <param name="Type">CloudEvents <c>type</c>: the stored name, such as <c>order.placed</c>.</param>
/// <param name="Subject">CloudEvents <c>subject</c>: the aggregate's id.</param>
/// <param name="Time">CloudEvents <c>time</c>: when it happened.</param>
/// <param name="DataContentType">CloudEvents <c>datacontenttype</c>: <c>application/json</c>.</param>
/// <param name="DataSchemaVersion">Version of the schema of <paramref name="Data"/> for this type.</param>
/// <param name="Data">UTF-8 JSON; of what is personal, an order names its buyer and nothing else is there.</param>
/// <param name="TraceParent">The W3C trace context the event was recorded in, or null.</param>
/// <param name="CorrelationId">What ties together all that one request set off.</param>
/// <param name="Version">Version of the aggregate this event led to.</param>
/// <param name="Partition">Which partition of its namespace, from 0.</param>
/// <param name="Position">Position in the log.</param>
/// <param name="PreviousPosition">Position of the event before it in the partition, 0 if it is the first.</param>
[GenerateSerializer, Immutable, Alias("crescent.IntegrationEvent")]
public sealed record IntegrationEvent(
    [property: Id(0)] Guid Id, [property: Id(1)] string Source, [property: Id(2)] string Type, [property: Id(3)] string Subject,
    [property: Id(4)] DateTimeOffset Time, [property: Id(5)] string DataContentType, [property: Id(6)] int DataSchemaVersion,
    [property: Id(7)] ReadOnlyMemory<byte> Data, [property: Id(8)] string? TraceParent, [property: Id(9)] string CorrelationId,
    [property: Id(10)] int Version, [property: Id(11)] int Partition, [property: Id(12)] long Position, [property: Id(13)] long PreviousPosition);

/// <summary>
/// One item of an integration stream: events of one partition in the order of the log, and how far the partition
/// reaches. An item without events is the relay's announcement of the head, so that a lost last item is noticed.
/// </summary>
/// <param name="Partition">Which partition of the namespace, from 0.</param>
/// <param name="Events">The events, lowest position first; may be empty.</param>
/// <param name="HeadPosition">Position of the last event published in this partition, these included; 0 if there is none.</param>
[GenerateSerializer, Immutable, Alias("crescent.IntegrationBatch")]
public sealed record IntegrationBatch(
    [property: Id(0)] int Partition, [property: Id(1)] ImmutableArray<IntegrationEvent> Events, [property: Id(2)] long HeadPosition);
