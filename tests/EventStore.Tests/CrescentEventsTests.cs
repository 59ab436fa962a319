using Crescent.Domain;

namespace Crescent.EventStore.Tests;

public sealed class CrescentEventsTests
{
    /// <summary>What logs out there are full of. A line may be added here, none may change.</summary>
    static readonly string[] StoredNames =
    [
        "email_claim.claimed", "email_claim.confirmed", "email_claim.released",
        "order.cancel_requested", "order.cancelled", "order.completed", "order.confirmed", "order.placed", "order.rejected", "order.shipped",
        "payment.cancelled", "payment.captured", "payment.declined", "payment.refunded", "payment.requested",
        "product.created", "product.updated",
        "saga.abandoned", "saga.compensated", "saga.compensating", "saga.compensation_failed", "saga.completed", "saga.resumed",
        "saga.started", "saga.step_compensated", "saga.step_completed", "saga.step_failed", "saga.step_started", "saga.stuck",
        "shipment.cancelled", "shipment.created", "shipment.delivered", "shipment.dispatched",
        "stock.adjusted", "stock.committed", "stock.received", "stock.released", "stock.reservation_expired", "stock.reserved",
        "user.created", "user.deactivated", "user.erased", "user.updated",
    ];

    public static TheoryData<Type> Events => [.. EventRecords()];

    [Fact]
    public void Map_EveryEventOfTheDomain_HasOneEntry() =>
        Assert.Equal(EventRecords(), CrescentEvents.Map.Types.Select(type => type.Record).OrderBy(type => type.FullName, StringComparer.Ordinal));

    [Fact]
    public void Map_Names_AreWhatTheyEverWere() =>
        Assert.Equal(StoredNames, CrescentEvents.Map.Types.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Events))]
    public async Task Append_EventOfTheDomain_ComesBackWhole(Type record)
    {
        var store = new InMemory.InMemoryEventStore(CrescentEvents.Map);
        var @event = (IDomainEvent)Filled.Of(record);
        var stream = Sample.NewStream();
        await store.AppendAsync(Sample.Request(stream, 0, @event), TestContext.Current.CancellationToken);

        var read = Assert.Single(await store.ReadStreamAsync(stream, 0, 1, TestContext.Current.CancellationToken));

        Assert.Equivalent(@event, read.Event, strict: true);
    }

    static IEnumerable<Type> EventRecords() => typeof(IDomainEvent).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IDomainEvent)) && !type.IsAbstract)
        .OrderBy(type => type.FullName, StringComparer.Ordinal);
}
