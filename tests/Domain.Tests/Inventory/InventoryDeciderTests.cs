using Crescent.Domain.Inventory;

namespace Crescent.Domain.Tests.Inventory;

public sealed class InventoryDeciderTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Expiry = Now + ReserveStock.DefaultHold;

    static readonly InventoryItem Lamp = InventoryItem.Initial
        .Evolve(new InventoryEvent.ProductCreated("p1", "Lamp", new Money(100, "USD")))
        .Evolve(new InventoryEvent.StockReceived("p1", 10));

    [Theory]
    [InlineData("", 1, "USD", 0, CreateProductRejection.InvalidName)]
    [InlineData("Lamp", -1, "USD", 0, CreateProductRejection.InvalidPrice)]
    [InlineData("Lamp", 1, "USD", -1, CreateProductRejection.InvalidStock)]
    [InlineData("Lamp", 1, "usd", 0, CreateProductRejection.UnknownCurrency)]
    [InlineData("Lamp", 1.005, "USD", 0, CreateProductRejection.TooManyDecimals)]
    [InlineData("Lamp", 1.5, "JPY", 0, CreateProductRejection.TooManyDecimals)]
    public void Create_BadField_IsRejectedByName(string name, double price, string currency, int stock, CreateProductRejection reason) =>
        Assert.Equal(
            reason,
            InventoryDecider.Create(InventoryItem.Initial, new CreateProduct("p1", name, (decimal)price, currency, stock)).Rejection);

    [Fact]
    public void Create_SameAgainOrOther_IsAlreadySoOrRejected()
    {
        Assert.Equal(10, All(InventoryItem.Initial, InventoryDecider.Create(InventoryItem.Initial, new CreateProduct("p1", "Lamp", 100, "USD", 10)).Events).Available);
        Assert.True(InventoryDecider.Create(Lamp, new CreateProduct("p1", "Lamp", 100.00m, "USD", 10)) is { IsAccepted: true, Events.Count: 0 });
        Assert.Equal(
            CreateProductRejection.AlreadyExists,
            InventoryDecider.Create(Lamp, new CreateProduct("p1", "Lamp", 90, "USD", 10)).Rejection);
    }

    [Fact]
    public void Update_NotPossible_IsRejectedByName()
    {
        Assert.Equal(UpdateProductRejection.NotFound, InventoryDecider.Update(InventoryItem.Initial, new UpdateProduct("Lamp", null, null)).Rejection);
        Assert.Equal(UpdateProductRejection.InvalidName, InventoryDecider.Update(Lamp, new UpdateProduct(" ", null, null)).Rejection);
        Assert.Equal(UpdateProductRejection.InvalidPrice, InventoryDecider.Update(Lamp, new UpdateProduct(null, -1, null)).Rejection);
        Assert.Equal(UpdateProductRejection.UnknownCurrency, InventoryDecider.Update(Lamp, new UpdateProduct(null, 1, "XTS")).Rejection);
        Assert.Equal(UpdateProductRejection.TooManyDecimals, InventoryDecider.Update(Lamp, new UpdateProduct(null, 0.001m, null)).Rejection);
    }

    [Fact]
    public void ReceiveAndAdjust_NotPossible_AreRejectedByName()
    {
        Assert.Equal(ReceiveStockRejection.NotFound, InventoryDecider.Receive(InventoryItem.Initial, new ReceiveStock(1)).Rejection);
        Assert.Equal(ReceiveStockRejection.InvalidQuantity, InventoryDecider.Receive(Lamp, new ReceiveStock(0)).Rejection);
        Assert.Equal(ReceiveStockRejection.TooMuch, InventoryDecider.Receive(Lamp, new ReceiveStock(InventoryDecider.MaxOnHand - 9)).Rejection);
        Assert.Equal(AdjustStockRejection.NotFound, InventoryDecider.Adjust(InventoryItem.Initial, new AdjustStock(1, "found")).Rejection);
        Assert.Equal(AdjustStockRejection.InvalidReason, InventoryDecider.Adjust(Lamp, new AdjustStock(1, "")).Rejection);
        Assert.Equal(AdjustStockRejection.TooMuch, InventoryDecider.Adjust(Lamp, new AdjustStock(InventoryDecider.MaxOnHand, "found")).Rejection);
    }

    [Fact]
    public void Adjust_MoreThanAvailable_IsBelowZeroThoughMoreIsOnHand()
    {
        var reserved = Reserved(Lamp, "o1", 8);
        Assert.Equal(AdjustStockRejection.BelowZero, InventoryDecider.Adjust(reserved, new AdjustStock(-3, "broken")).Rejection);
        Assert.Equal(0, All(reserved, InventoryDecider.Adjust(reserved, new AdjustStock(-2, "broken")).Events).Available);
    }

    [Fact]
    public void Reserve_NotPossible_IsRejectedByName()
    {
        Assert.Equal(ReserveStockRejection.NotFound, Reserve(InventoryItem.Initial, "o1", 1).Rejection);
        Assert.Equal(ReserveStockRejection.InvalidQuantity, Reserve(Lamp, "o1", 0).Rejection);
        Assert.Equal(ReserveStockRejection.OutOfStock, Reserve(Lamp, "o1", 11).Rejection);
        Assert.Equal(ReserveStockRejection.DifferentQuantity, Reserve(Reserved(Lamp, "o1", 2), "o1", 3).Rejection);
        Assert.Equal(ReserveStockRejection.AlreadyCommitted, Reserve(Committed(Reserved(Lamp, "o1", 2), "o1"), "o1", 2).Rejection);
        Assert.Equal(
            ReserveStockRejection.ReservationExpired,
            InventoryDecider.Reserve(Lamp, new ReserveStock("o1", 1, Now, Now)).Rejection);
    }

    [Fact]
    public void Reserve_AfterReleaseThatCameFirst_IsRefusedAsReleased()
    {
        var released = Released(Lamp, "o1");
        Assert.Equal(10, released.Available);
        Assert.Equal(ReserveStockRejection.Released, Reserve(released, "o1", 1).Rejection);
    }

    [Fact]
    public void Release_AfterCommit_PutsTheGoodsBackOnce()
    {
        var back = Released(Committed(Reserved(Lamp, "o1", 4), "o1"), "o1");
        Assert.Equal((10, 0), (back.Available, back.Reserved));
        Assert.Empty(InventoryDecider.Release(back, new ReleaseStock("o1", Expiry, 4)).Events);
        Assert.Equal(CommitStockRejection.Released, InventoryDecider.Commit(back, new CommitStock("o1", Now)).Rejection);
    }

    [Fact]
    public void Release_OfACommitTheStateHasForgotten_PutsTheGoodsBackByWhatTheStreamSays()
    {
        var state = Committed(Reserved(Lamp, "o0", 4), "o0").Evolve(new InventoryEvent.StockReceived("p1", 1000));
        for (var i = 1; i <= InventoryItem.CommittedLimit; i++) state = Committed(Reserved(state, $"o{i}", 1), $"o{i}");
        Assert.False(state.Committed.Contains("o0"));
        Assert.Equal(InventoryItem.CommittedLimit, state.Committed.ByOrder.Count);
        Assert.Equal(CommitStockRejection.ReservationExpired, InventoryDecider.Commit(state, new CommitStock("o0", Now)).Rejection);

        var back = All(state, InventoryDecider.Release(state, new ReleaseStock("o0", Expiry, 4)).Events);
        Assert.Equal(state.OnHand + 4, back.OnHand);
    }

    [Fact]
    public void Commit_Expired_TakesTheReservationAgainWhileThereIsEnough()
    {
        var expired = Expired(Reserved(Lamp, "o1", 6));
        Assert.Equal((10, 0), (expired.Available, expired.Reserved));
        var committed = All(expired, InventoryDecider.Commit(expired, new CommitStock("o1", Expiry)).Events);
        Assert.Equal((4, 0), (committed.Available, committed.Reserved));

        var taken = InventoryDecider.Reserve(expired, new ReserveStock("o2", 5, Expiry.AddHours(1), Expiry)).Events;
        Assert.Equal(
            CommitStockRejection.ReservationExpired,
            InventoryDecider.Commit(All(expired, taken), new CommitStock("o1", Expiry)).Rejection);
    }

    [Fact]
    public void Commit_NothingHeld_IsRejectedByName()
    {
        Assert.Equal(CommitStockRejection.NotFound, InventoryDecider.Commit(InventoryItem.Initial, new CommitStock("o1", Now)).Rejection);
        Assert.Equal(CommitStockRejection.ReservationExpired, InventoryDecider.Commit(Lamp, new CommitStock("o1", Now)).Rejection);
        Assert.Equal(CommitStockRejection.Released, InventoryDecider.Commit(Released(Lamp, "o1"), new CommitStock("o1", Now)).Rejection);
    }

    [Fact]
    public void Expire_BeforeAndAtTheDeadline_OnlyTheDueOnesGo()
    {
        var reserved = Reserved(Lamp, "o1", 6);
        Assert.Empty(InventoryDecider.Expire(reserved, new ExpireReservations(Expiry.AddTicks(-1))).Events);
        Assert.Single(InventoryDecider.Expire(reserved, new ExpireReservations(Expiry)).Events);
    }

    [Fact]
    public void Expire_ManyDue_GoInBoundedParts()
    {
        var state = Lamp.Evolve(new InventoryEvent.StockReceived("p1", 1000));
        for (var i = 0; i <= InventoryDecider.ExpireLimit; i++) state = Reserved(state, $"o{i}", 1);
        var first = InventoryDecider.Expire(state, new ExpireReservations(Expiry)).Events;
        Assert.Equal(InventoryDecider.ExpireLimit, first.Count);
        Assert.Single(InventoryDecider.Expire(All(state, first), new ExpireReservations(Expiry)).Events);
    }

    [Fact]
    public void Reserve_ForgottenReleasedOrder_IsStillRefusedAndNewerOrdersAreNot()
    {
        var state = Lamp;
        for (var i = 0; i <= InventoryItem.ReleasedLimit; i++)
            state = All(state, InventoryDecider.Release(state, new ReleaseStock($"o{i}", Expiry.AddSeconds(i))).Events);
        Assert.Equal(InventoryItem.ReleasedLimit, state.Released.ByOrder.Count);
        Assert.False(state.Released.Contains("o0"));

        // Whatever the clock says: another silo's may be behind.
        Assert.Equal(
            ReserveStockRejection.ReservationExpired,
            InventoryDecider.Reserve(state, new ReserveStock("o0", 1, Expiry, Now.AddDays(-1))).Rejection);
        Assert.True(InventoryDecider.Reserve(state, new ReserveStock("new", 1, Expiry.AddSeconds(1), Now)).IsAccepted);
    }

    [Fact]
    public void State_AfterManyMoreOrdersThanItRemembers_StaysAsSmall()
    {
        var state = Lamp.Evolve(new InventoryEvent.StockReceived("p1", 100_000));
        int SizeAfter(int orders, int from)
        {
            for (var i = from; i < orders; i++)
            {
                state = Reserved(state, $"order-{i:D8}", 1);
                state = i % 2 == 0 ? Committed(state, $"order-{i:D8}") : Released(state, $"order-{i:D8}");
            }

            return Json.Of(state).Length;
        }

        var small = SizeAfter(5_000, 0);
        Assert.InRange(SizeAfter(20_000, 5_000), small - 100, small + 100);
    }

    static Decision<InventoryEvent, ReserveStockRejection> Reserve(InventoryItem state, string orderId, int quantity) =>
        InventoryDecider.Reserve(state, new ReserveStock(orderId, quantity, Expiry, Now));

    static InventoryItem Reserved(InventoryItem state, string orderId, int quantity) =>
        All(state, Reserve(state, orderId, quantity).Events);

    static InventoryItem Committed(InventoryItem state, string orderId) =>
        All(state, InventoryDecider.Commit(state, new CommitStock(orderId, Now)).Events);

    static InventoryItem Released(InventoryItem state, string orderId) =>
        All(state, InventoryDecider.Release(state, new ReleaseStock(orderId, Expiry)).Events);

    static InventoryItem Expired(InventoryItem state) =>
        All(state, InventoryDecider.Expire(state, new ExpireReservations(Expiry)).Events);

    static InventoryItem All(InventoryItem state, IEnumerable<InventoryEvent> events) =>
        events.Aggregate(state, (before, happened) => before.Evolve(happened));
}
