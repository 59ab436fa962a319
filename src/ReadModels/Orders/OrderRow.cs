namespace Crescent.ReadModels.Orders;

/// <summary>An order as the read model shows it.</summary>
/// <param name="UserName">What the buyer was called; null once the buyer is erased.</param>
/// <param name="Status"><c>placed</c>, <c>confirmed</c>, <c>shipped</c>, <c>completed</c>, <c>rejected</c>, <c>cancelling</c> or <c>cancelled</c>.</param>
/// <param name="Reason">Why it was rejected, such as <c>out_of_stock</c>.</param>
/// <param name="Version">The version of the order that is shown.</param>
public sealed record OrderRow(
    string Id, string UserId, string? UserName, string Status, IReadOnlyList<OrderItemRow> Items, decimal Total, string Currency,
    string? Reason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version);

public sealed record OrderItemRow(string ProductId, string Name, int Quantity, decimal UnitPrice, decimal LineTotal);

/// <summary>One event in the life of an order, whichever aggregate it happened to.</summary>
/// <param name="Position">Its place in the log, by which the timeline is ordered.</param>
/// <param name="Aggregate">Kind of the aggregate, such as <c>order</c> or <c>inventory</c>.</param>
/// <param name="Version">The version it led its aggregate to.</param>
/// <param name="Data">The event as JSON, without what is personal.</param>
public sealed record TimelineEntry(
    long Position, string Aggregate, string AggregateId, int Version, string Type, DateTimeOffset Time, Guid EventId, Guid CommandId,
    string CorrelationId, string? CausationId, string? TraceParent, string Data);
