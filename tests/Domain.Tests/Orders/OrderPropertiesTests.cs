using Crescent.Domain.Orders;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.Orders;

public sealed class OrderPropertiesTests : AggregateProperties<Order, OrderEvent>
{
    static readonly (string Currency, int MinorUnits)[] Currencies = [("USD", 100), ("JPY", 1), ("KWD", 1000), ("CLF", 10_000)];

    protected override Order Initial => Order.Initial;

    protected override Gen<Operation<Order, OrderEvent>> AnyOperation => Gen.Frequency(
        (5, from order in AnyPlaceOrder
            select Of(OrderDecider.Place, order)),
        (2, At(now => Of(OrderDecider.Confirm, new ConfirmOrder(now)))),
        (2, At(now => Of(OrderDecider.Ship, new ShipOrder(now)))),
        (2, At(now => Of(OrderDecider.Complete, new CompleteOrder(now)))),
        (1, At(now => Of(OrderDecider.Reject, new RejectOrder(OrderFailure.OutOfStock, now)))),
        (1, At(now => Of(OrderDecider.RequestCancel, new RequestCancellation(now)))),
        (1, At(now => Of(OrderDecider.FinishCancel, new FinishCancellation(now)))));

    static Gen<PlaceOrder> AnyPlaceOrder =>
        from currency in Gen.Elements(Currencies)
        from count in Gen.Choose(0, 5)
        from items in AnyItem(currency.Currency, currency.MinorUnits).ListOf(count)
        from active in Gen.Elements(true, true, true, false)
        from now in AnyTime
        select new PlaceOrder("o1", "u1", new Buyer("Ada", active), items, null, "tok_ok", $"hash-{count}", now);

    protected override Order Evolve(Order state, OrderEvent happened) => state.Evolve(happened);

    protected override void AssertInvariants(Journal<Order, OrderEvent> journal, Operation<Order, OrderEvent> last, Outcome<OrderEvent> outcome)
    {
        var names = journal.Events.Select(happened => happened.GetType().Name).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.True(names.Count == 0 || names[0] == nameof(OrderEvent.Placed));
        Assert.False(names.Contains(nameof(OrderEvent.Shipped))
            && (names.Contains(nameof(OrderEvent.CancelRequested)) || names.Contains(nameof(OrderEvent.Rejected))));
        Assert.False(names.Contains(nameof(OrderEvent.Rejected)) && names.Contains(nameof(OrderEvent.Cancelled)));
        if (journal.State.Status is not (OrderStatus.None or OrderStatus.Placed or OrderStatus.Cancelling))
            Assert.Null(journal.State.PaymentToken);
    }

    /// <summary>Counted in whole minor units, beside the decimals of the rule.</summary>
    [Fact]
    public void Place_AnyItems_TotalIsExact() => Prop.ForAll(AnyPlaceOrder.ToArbitrary(), command =>
    {
        if (OrderDecider.Place(Order.Initial, command).Events is not [OrderEvent.Placed placed]) return;
        var minorUnits = Currencies.Single(it => it.Currency == placed.Total.Currency).MinorUnits;
        long sum = 0;
        foreach (var item in command.Items) sum += item.Quantity * (long)(item.Product!.Price.Amount * minorUnits);
        Assert.Equal(sum, placed.Total.Amount * minorUnits);
        Assert.Equal(placed.Total.Amount, placed.Lines.Sum(line => line.LineTotal.Amount));

        var merged = ProductQuantity.Merge(placed.Lines);
        Assert.Equal(merged.Length, merged.Select(it => it.ProductId).Distinct().Count());
        Assert.Equal(command.Items.Sum(item => item.Quantity), merged.Sum(it => it.Quantity));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    static Gen<OrderItem> AnyItem(string currency, int minorUnits) =>
        from product in Gen.Choose(1, 3)
        from quantity in Gen.Choose(1, 1000)
        from price in Gen.Choose(0, 1_000_000)
        select new OrderItem($"p{product}", quantity, new ProductOnOffer("Lamp", new Money((decimal)price / minorUnits, currency)));

    static Gen<Operation<Order, OrderEvent>> At(Func<DateTimeOffset, Operation<Order, OrderEvent>> operation) => AnyTime.Select(operation);
}
