using Crescent.Domain.Inventory;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.Inventory;

public sealed class InventoryPropertiesTests : AggregateProperties<InventoryItem, InventoryEvent>
{
    static readonly Gen<string> AnyOrder = Gen.Elements("o1", "o2", "o3", "o4", "o5");

    protected override InventoryItem Initial { get; } = InventoryItem.Initial
        .Evolve(new InventoryEvent.ProductCreated("p1", "Lamp", new Money(100, "USD")))
        .Evolve(new InventoryEvent.StockReceived("p1", 10));

    protected override Gen<Operation<InventoryItem, InventoryEvent>> AnyOperation => Gen.Frequency(
        (8, from order in AnyOrder
            from quantity in Gen.Choose(0, 5)
            from now in AnyTime
            select Of(
                InventoryDecider.Reserve, new ReserveStock(order, quantity, ExpiryOf(order), now))),
        (3, AnyOrder.Select(order => Of(
            InventoryDecider.Release, new ReleaseStock(order, ExpiryOf(order))))),
        (4, from order in AnyOrder
            from now in AnyTime
            select Of(
                InventoryDecider.Commit, new CommitStock(order, now))),
        (3, AnyTime.Select(now => Of(
            InventoryDecider.Expire, new ExpireReservations(now)))),
        (2, Gen.Choose(-3, 5).Select(quantity => Of(
            InventoryDecider.Receive, new ReceiveStock(quantity)))),
        (2, Gen.Choose(-15, 5).Select(by => Of(
            InventoryDecider.Adjust, new AdjustStock(by, "counted")))),
        (1, Gen.Elements(1m, 2.5m, 2.505m, -1m).Select(price => Of(
            InventoryDecider.Update, new UpdateProduct(null, price, null)))));

    protected override InventoryItem Evolve(InventoryItem state, InventoryEvent happened) => state.Evolve(happened);

    protected override bool HasNaturalKey(Operation<InventoryItem, InventoryEvent> operation) =>
        !operation.Name.StartsWith(nameof(ReceiveStock), StringComparison.Ordinal)
        && !operation.Name.StartsWith(nameof(AdjustStock), StringComparison.Ordinal);

    /// <summary>Counted from the events alone, beside the state.</summary>
    protected override void AssertInvariants(
        Journal<InventoryItem, InventoryEvent> journal, Operation<InventoryItem, InventoryEvent> last, Outcome<InventoryEvent> outcome)
    {
        var onHand = 10L;
        var held = new Dictionary<string, long>();
        var sold = new Dictionary<string, long>();
        var released = new HashSet<string>();
        foreach (var happened in journal.Events)
        {
            switch (happened)
            {
                case InventoryEvent.StockReceived e: onHand += e.Quantity; break;
                case InventoryEvent.StockAdjusted e: onHand += e.By; break;
                case InventoryEvent.StockReserved e:
                    Assert.DoesNotContain(e.OrderId, released);
                    Assert.DoesNotContain(e.OrderId, sold.Keys);
                    held.Add(e.OrderId, e.Quantity);
                    break;
                case InventoryEvent.ReservationExpired e: Assert.True(held.Remove(e.OrderId)); break;
                case InventoryEvent.StockCommitted e:
                    Assert.True(held.Remove(e.OrderId, out var quantity) && quantity == e.Quantity);
                    sold.Add(e.OrderId, e.Quantity);
                    onHand -= e.Quantity;
                    break;
                case InventoryEvent.StockReleased e:
                    Assert.True(released.Add(e.OrderId));
                    if (sold.Remove(e.OrderId, out var back)) onHand += back;
                    else held.Remove(e.OrderId, out back);
                    Assert.Equal(back, e.Quantity);
                    break;
            }
        }

        var state = journal.State;
        Assert.Equal(onHand, state.OnHand);
        Assert.Equal(held.Values.Sum(), state.Reserved);
        Assert.Equal(held.Values.Sum(), state.Reservations.Values.Sum(reservation => reservation.Quantity));
        Assert.InRange(state.Available, 0, onHand);
        Assert.True(state.Price!.Value.Amount >= 0);
    }

    static DateTimeOffset ExpiryOf(string orderId) => Start.AddMinutes(15 + 4 * (orderId[1] - '0'));
}
