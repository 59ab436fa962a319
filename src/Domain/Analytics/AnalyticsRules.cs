using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.Payments;
using Crescent.Domain.Users;

namespace Crescent.Domain.Analytics;

/// <summary>What an event adds to which buckets.</summary>
public static class AnalyticsRules
{
    /// <summary>One increment per bucket size, or none for an event that nothing is counted of.</summary>
    public static IReadOnlyList<BucketIncrement> IncrementsOf(IDomainEvent happened, DateTimeOffset time) => happened switch
    {
        OrderEvent.Placed => Count(Metric.Orders, "", time, 1),
        PaymentEvent.Captured e => Count(Metric.Revenue, e.Amount.Currency, time, e.Amount.Amount),
        PaymentEvent.Refunded e => Count(Metric.Revenue, e.Amount.Currency, time, -e.Amount.Amount),
        InventoryEvent.StockCommitted e => Count(Metric.Units, e.ProductId, time, e.Quantity),
        InventoryEvent.StockReleased { From: ReleasedFrom.Commitment } e => Count(Metric.Units, e.ProductId, time, -e.Quantity),
        UserEvent.Created => Count(Metric.Registrations, "", time, 1),
        _ => [],
    };

    /// <summary>When the bucket begins that holds this time.</summary>
    public static DateTimeOffset StartOf(BucketSize size, DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        var width = size switch
        {
            BucketSize.Minute => TimeSpan.TicksPerMinute,
            BucketSize.Hour => TimeSpan.TicksPerHour,
            BucketSize.Day => TimeSpan.TicksPerDay,
            _ => throw new ArgumentOutOfRangeException(nameof(size), size, null),
        };
        return new DateTimeOffset(utc.Ticks - utc.Ticks % width, TimeSpan.Zero);
    }

    static BucketIncrement[] Count(Metric metric, string dimension, DateTimeOffset time, decimal amount) =>
    [
        .. Enum.GetValues<BucketSize>()
            .Select(size => new BucketIncrement(new BucketKey(metric, dimension, size, StartOf(size, time)), amount)),
    ];
}
