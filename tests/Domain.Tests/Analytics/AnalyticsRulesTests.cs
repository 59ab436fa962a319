using Crescent.Domain.Analytics;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.Payments;
using Crescent.Domain.Users;

namespace Crescent.Domain.Tests.Analytics;

public sealed class AnalyticsRulesTests
{
    static readonly DateTimeOffset Time = new(2026, 3, 1, 1, 2, 3, TimeSpan.FromHours(2));

    [Fact]
    public void IncrementsOf_Event_FillsMinuteHourAndDayInUtc() => Assert.Equal(
        [
            new BucketIncrement(new BucketKey(Metric.Registrations, "", BucketSize.Minute, new(2026, 2, 28, 23, 2, 0, TimeSpan.Zero)), 1),
            new BucketIncrement(new BucketKey(Metric.Registrations, "", BucketSize.Hour, new(2026, 2, 28, 23, 0, 0, TimeSpan.Zero)), 1),
            new BucketIncrement(new BucketKey(Metric.Registrations, "", BucketSize.Day, new(2026, 2, 28, 0, 0, 0, TimeSpan.Zero)), 1),
        ],
        AnalyticsRules.IncrementsOf(new UserEvent.Created("u1", "ada@example.org", "Ada", "key", Time), Time));

    [Fact]
    public void IncrementsOf_Events_CountsOrdersRevenueAndUnits()
    {
        Counts(Metric.Orders, "", 1, new OrderEvent.Placed("o1", "u1", "Ada", [], new Money(5, "EUR"), null, "tok_ok", "hash", Time));
        Counts(Metric.Revenue, "EUR", 5, new PaymentEvent.Captured("o1", new Money(5, "EUR"), "r1", Time));
        Counts(Metric.Revenue, "EUR", -5, new PaymentEvent.Refunded("o1", new Money(5, "EUR"), "r1", Time));
        Counts(Metric.Units, "p1", 2, new InventoryEvent.StockCommitted("p1", "o1", 2));
        Counts(Metric.Units, "p1", -2, new InventoryEvent.StockReleased("p1", "o1", 2, ReleasedFrom.Commitment, Time));
    }

    [Fact]
    public void IncrementsOf_WhatIsNotCounted_IsNothing()
    {
        Assert.Empty(AnalyticsRules.IncrementsOf(new InventoryEvent.StockReleased("p1", "o1", 2, ReleasedFrom.Reservation, Time), Time));
        Assert.Empty(AnalyticsRules.IncrementsOf(new InventoryEvent.StockReserved("p1", "o1", 2, Time), Time));
        Assert.Empty(AnalyticsRules.IncrementsOf(new OrderEvent.Completed("o1", Time), Time));
    }

    static void Counts(Metric metric, string dimension, decimal amount, IDomainEvent happened)
    {
        var increments = AnalyticsRules.IncrementsOf(happened, Time);
        Assert.Equal(Enum.GetValues<BucketSize>(), increments.Select(it => it.Key.Size));
        Assert.All(increments, it => Assert.Equal((metric, dimension, amount), (it.Key.Metric, it.Key.Dimension, it.Amount)));
    }
}
