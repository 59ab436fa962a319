using Crescent.Domain.Orders;

namespace Crescent.Domain.Tests.Orders;

public sealed class OrderDeciderTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ProductOnOffer Lamp = new("Lamp", new Money(100, "USD"));

    static readonly PlaceOrder Wish = new(
        "o1", "u1", new Buyer("Ada", IsActive: true), [new OrderItem("p1", 2, Lamp)],
        new Address("Ada", "Main St 1", "London", "N1", "GB"), "tok_ok", "hash", Now);

    static readonly Order Placed = After(Order.Initial, OrderDecider.Place(Order.Initial, Wish).Events);
    static readonly Order Confirmed = After(Placed, OrderDecider.Confirm(Placed, new ConfirmOrder(Now)).Events);
    static readonly Order Shipped = After(Confirmed, OrderDecider.Ship(Confirmed, new ShipOrder(Now)).Events);
    static readonly Order Completed = After(Shipped, OrderDecider.Complete(Shipped, new CompleteOrder(Now)).Events);
    static readonly Order Cancelling = After(Confirmed, OrderDecider.RequestCancel(Confirmed, new RequestCancellation(Now)).Events);
    static readonly Order Cancelled = After(Cancelling, OrderDecider.FinishCancel(Cancelling, new FinishCancellation(Now)).Events);
    static readonly Order Rejected = After(Placed, OrderDecider.Reject(Placed, new RejectOrder(OrderFailure.OutOfStock, Now)).Events);

    [Fact]
    public void Place_TwoOfAHundred_CostsTwoHundredAndKeepsTheBuyersName()
    {
        Assert.Equal(new Money(200, "USD"), Placed.Total);
        Assert.Equal(("Ada", "tok_ok", OrderStatus.Placed), (Placed.UserName, Placed.PaymentToken, Placed.Status));
    }

    [Fact]
    public void Place_NotPossible_IsRejectedByName()
    {
        void Refused(PlaceOrderRejection reason, PlaceOrder wish) => Assert.Equal(reason, OrderDecider.Place(Order.Initial, wish).Rejection);
        Refused(PlaceOrderRejection.UnknownUser, Wish with { Buyer = null });
        Refused(PlaceOrderRejection.InactiveUser, Wish with { Buyer = new Buyer("Ada", IsActive: false) });
        Refused(PlaceOrderRejection.NoItems, Wish with { Items = [] });
        Refused(PlaceOrderRejection.TooManyItems, Wish with { Items = [.. Enumerable.Repeat(Wish.Items[0], OrderDecider.MaxItems + 1)] });
        Refused(PlaceOrderRejection.InvalidQuantity, Wish with { Items = [new OrderItem("p1", 0, Lamp)] });
        Refused(PlaceOrderRejection.InvalidQuantity, Wish with { Items = [new OrderItem("p1", OrderDecider.MaxQuantity + 1, Lamp)] });
        Refused(PlaceOrderRejection.UnknownProduct, Wish with { Items = [Wish.Items[0], new OrderItem("p2", 1, null)] });
        Refused(
            PlaceOrderRejection.MixedCurrencies,
            Wish with { Items = [Wish.Items[0], new OrderItem("p2", 1, new ProductOnOffer("Chair", new Money(1, "EUR")))] });
        Refused(PlaceOrderRejection.MissingPaymentToken, Wish with { PaymentToken = " " });
        Refused(PlaceOrderRejection.InvalidAddress, Wish with { ShipTo = Wish.ShipTo! with { City = "" } });
    }

    [Fact]
    public void Place_SameOrderAgain_IsJudgedByTheBodyWhateverHasBecomeOfIt()
    {
        foreach (var order in new[] { Placed, Shipped, Cancelled, Rejected })
        {
            Assert.True(OrderDecider.Place(order, Wish) is { IsAccepted: true, Events.Count: 0 });
            Assert.Equal(PlaceOrderRejection.OtherBody, OrderDecider.Place(order, Wish with { BodyHash = "other" }).Rejection);
        }
    }

    [Fact]
    public void Confirm_NotPossible_IsRejectedByName()
    {
        ConfirmOrderRejection? Confirm(Order order) => OrderDecider.Confirm(order, new ConfirmOrder(Now)).Rejection;
        Assert.Equal(ConfirmOrderRejection.NotFound, Confirm(Order.Initial));
        Assert.Equal(ConfirmOrderRejection.Cancelling, Confirm(Cancelling));
        Assert.Equal(ConfirmOrderRejection.Ended, Confirm(Cancelled));
        Assert.Equal(ConfirmOrderRejection.Ended, Confirm(Rejected));
        Assert.Null(Confirm(Completed));
    }

    [Fact]
    public void Ship_NotPossible_IsRejectedByName()
    {
        ShipOrderRejection? Ship(Order order) => OrderDecider.Ship(order, new ShipOrder(Now)).Rejection;
        Assert.Equal(ShipOrderRejection.NotFound, Ship(Order.Initial));
        Assert.Equal(ShipOrderRejection.NotConfirmed, Ship(Placed));
        Assert.Equal(ShipOrderRejection.Cancelling, Ship(Cancelling));
        Assert.Equal(ShipOrderRejection.Ended, Ship(Cancelled));
        Assert.Null(Ship(Completed));
    }

    [Fact]
    public void CompleteAndReject_NotPossible_AreRejectedByName()
    {
        Assert.Equal(CompleteOrderRejection.NotFound, OrderDecider.Complete(Order.Initial, new CompleteOrder(Now)).Rejection);
        Assert.Equal(CompleteOrderRejection.NotShipped, OrderDecider.Complete(Confirmed, new CompleteOrder(Now)).Rejection);

        RejectOrderRejection? Reject(Order order) => OrderDecider.Reject(order, new RejectOrder(OrderFailure.OutOfStock, Now)).Rejection;
        Assert.Equal(RejectOrderRejection.NotFound, Reject(Order.Initial));
        Assert.Equal(RejectOrderRejection.AlreadyShipped, Reject(Shipped));
        Assert.Equal(RejectOrderRejection.AlreadyCancelled, Reject(Cancelled));
        Assert.Null(Reject(Cancelling));
    }

    [Fact]
    public void Cancel_UntilItShips_ThenRejectedByName()
    {
        RequestCancellationRejection? Cancel(Order order) => OrderDecider.RequestCancel(order, new RequestCancellation(Now)).Rejection;
        Assert.Equal(OrderStatus.Cancelling, Cancelling.Status);
        Assert.Equal(RequestCancellationRejection.NotFound, Cancel(Order.Initial));
        Assert.Equal(RequestCancellationRejection.AlreadyShipped, Cancel(Shipped));
        Assert.Equal(RequestCancellationRejection.AlreadyShipped, Cancel(Completed));
        Assert.Equal(RequestCancellationRejection.AlreadyRejected, Cancel(Rejected));
        Assert.Null(Cancel(Cancelled));
        Assert.Equal(FinishCancellationRejection.NotFound, OrderDecider.FinishCancel(Order.Initial, new FinishCancellation(Now)).Rejection);
        Assert.Equal(FinishCancellationRejection.NotCancelling, OrderDecider.FinishCancel(Confirmed, new FinishCancellation(Now)).Rejection);
    }

    [Fact]
    public void Merge_TwoLinesOfOneProduct_AskForTheirSum()
    {
        var order = After(Order.Initial, OrderDecider.Place(
            Order.Initial, Wish with { Items = [new OrderItem("p1", 2, Lamp), new OrderItem("p2", 1, Lamp), new OrderItem("p1", 3, Lamp)] }).Events);
        Assert.Equal([("p1", 5), ("p2", 1)], ProductQuantity.Merge(order.Lines).Select(it => (it.ProductId, it.Quantity)));
        Assert.Equal(3, order.Lines.Length);
    }

    [Fact]
    public void ToString_OfEventStateAndCommand_ShowsNothingPersonal() =>
        Assert.DoesNotContain("Ada", $"{OrderDecider.Place(Order.Initial, Wish).Events[0]} {Placed} {Wish} {Wish.ShipTo}", StringComparison.Ordinal);

    static Order After(Order order, IEnumerable<OrderEvent> events) =>
        events.Aggregate(order, (before, happened) => before.Evolve(happened));
}
