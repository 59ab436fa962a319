using Crescent.Domain.EmailClaims;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Domain.Users;
using Crescent.EventStore.InMemory;

namespace Crescent.EventStore.Tests;

/// <summary>The states of the domain, as snapshots keep them.</summary>
public sealed class SnapshotTests
{
    readonly InMemoryEventStore _store = new(CrescentEvents.Map);

    [Fact]
    public async Task Snapshot_StatesOfTheDomain_ComeBackWhole()
    {
        await ComesBack<User>(User.Initial);
        await ComesBack<EmailClaim>(EmailClaim.Initial);
        await ComesBack<InventoryItem>(InventoryItem.Initial);
        await ComesBack<Order>(Order.Initial);
        await ComesBack<Payment>(Payment.Initial);
        await ComesBack<Shipment>(Shipment.Initial);
        await ComesBack<Saga>(Saga.Initial);
    }

    /// <summary>The initial state and one in which every member has a value.</summary>
    async Task ComesBack<TState>(TState initial) where TState : class
    {
        foreach (var state in new[] { initial, (TState)Filled.Of(typeof(TState)) })
        {
            var stream = Sample.NewStream();
            await _store.WriteSnapshotAsync(new Snapshot<TState>(stream, 1, state), TestContext.Current.CancellationToken);

            var read = await _store.ReadSnapshotAsync<TState>(stream, TestContext.Current.CancellationToken);

            Assert.Equivalent(state, read!.State, strict: true);
        }
    }
}
