using System.Text.Json;
using Crescent.Domain.Inventory;
using Crescent.Domain.OrderSaga;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.ReadModels.Orders;

namespace Crescent.ReadModels.Tests.Orders;

public abstract class OrderTimelineContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    [Fact]
    public async Task TimelineAsync_Completed_ShowsEveryEventOfAllAggregatesOnce()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await Scenario.CompletedAsync(_fixture, "o2", "u1");
        await _fixture.CatchUpAsync(batchSize: 3);

        var timeline = await _fixture.Orders.TimelineAsync("o1", new PageRequest(100), Ct);

        Assert.Equal(
            [
                "order.placed", "saga.started", "saga.step_started", "saga.step_completed", "saga.step_started", "stock.reserved",
                "saga.step_completed", "saga.step_started", "payment.requested", "payment.captured", "order.confirmed", "saga.step_completed",
                "saga.step_started", "shipment.created", "stock.committed", "order.shipped", "saga.step_completed", "saga.step_started",
                "saga.step_completed", "order.completed", "saga.completed",
            ],
            timeline.Items.Select(entry => entry.Type));
        var reserved = timeline.Items.Single(entry => entry.Type == "stock.reserved");
        Assert.Equal(("inventory", "p1", 3, "correlation", "cause"),
            (reserved.Aggregate, reserved.AggregateId, reserved.Version, reserved.CorrelationId, reserved.CausationId));
        Assert.Equal(
            """{"productId":"p1","orderId":"o1","quantity":2,"expiresAt":"2026-01-01T12:15:00+00:00"}""", reserved.Data);
    }

    [Fact]
    public async Task TimelineAsync_PersonalMembers_AreLeftOut()
    {
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada Lovelace");
        await _fixture.CatchUpAsync();

        var placed = Assert.Single((await _fixture.Orders.TimelineAsync("o1", new PageRequest(100), Ct)).Items);

        using var data = JsonDocument.Parse(placed.Data);
        Assert.Equal(["orderId", "userId", "lines", "total", "bodyHash", "at"], data.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task TimelineAsync_PageByPage_ShowsAll()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();

        var types = new List<string>();
        for (string? next = null; ;)
        {
            var page = await _fixture.Orders.TimelineAsync("o1", new PageRequest(4, next), Ct);
            types.AddRange(page.Items.Select(entry => entry.Type));
            next = page.Next;
            if (next is null) break;
        }

        Assert.Equal((await _fixture.Orders.TimelineAsync("o1", new PageRequest(100), Ct)).Items.Select(entry => entry.Type), types);
    }

    [Fact]
    public async Task TimelineAsync_AllAggregatesOfAnOrder_AreThereInTheOrderOfTheLog()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();

        var timeline = await ReadAsync("o1");

        Assert.Equal(["inventory", "order", "payment", "saga", "shipment"], timeline.Select(entry => entry.Aggregate).Distinct().Order());
        Assert.Equal(timeline.Select(entry => entry.Position).Order(), timeline.Select(entry => entry.Position));
    }

    [Fact]
    public async Task TimelineAsync_EveryEventOfAProductThatNamesTheOrder_IsThere()
    {
        await _fixture.AppendAsync(StreamCategory.Inventory, "p1",
            new InventoryEvent.StockReceived("p1", 9),
            new InventoryEvent.StockReserved("p1", "o1", 1, Scenario.ExpiresAt),
            new InventoryEvent.StockReleased("p1", "o1", 1, ReleasedFrom.Reservation, Scenario.ExpiresAt),
            new InventoryEvent.StockReserved("p1", "o2", 1, Scenario.ExpiresAt),
            new InventoryEvent.StockCommitted("p1", "o1", 1),
            new InventoryEvent.ReservationExpired("p1", "o1", 1));
        await _fixture.CatchUpAsync();

        Assert.Equal(["stock.reserved", "stock.released", "stock.committed", "stock.reservation_expired"], Types(await ReadAsync("o1")));
    }

    [Fact]
    public async Task TimelineAsync_ReadModelBehindTheLog_EndsWhereItStands()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        Assert.Empty(await ReadAsync("o1"));
        var orders = _fixture.Runner(new OrderProjection());

        await orders.ApplyAsync(await _fixture.Store.ReadLogAsync(0, 10, Ct), Ct);
        var early = await ReadAsync("o1");
        await _fixture.CatchUpAsync();
        var whole = await ReadAsync("o1");

        Assert.Equal(Enumerable.Range(1, 10), early.Select(entry => (int)entry.Position));
        Assert.Equal(early, whole.Take(10));
        Assert.Equal(await _fixture.Store.ReadHeadAsync(Ct), whole[^1].Position);
    }

    [Fact]
    public async Task TimelineAsync_ReadModelEmptied_ShowsNothingUntilItIsBuiltAgain()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();
        var before = await ReadAsync("o1");

        await _fixture.Runner(new OrderProjection()).RebuildAsync(Ct);

        Assert.Empty(await ReadAsync("o1"));
        await _fixture.CatchUpAsync();
        Assert.Equal(before, await ReadAsync("o1"));
    }

    [Fact]
    public async Task TimelineAsync_BuyerErased_ShowsTheSame()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();
        var before = await ReadAsync("o1");

        await _fixture.Store.PersonalKeys.DestroyAsync("u1", Ct);
        await _fixture.AppendAsync(StreamCategory.User, "u1", new UserEvent.Erased("u1", "k", ViewsFixture.Start));
        await _fixture.CatchUpAsync();

        Assert.Equal(before, await ReadAsync("o1"));
    }

    [Fact]
    public async Task TimelineAsync_LongStream_ShowsAllPageByPage()
    {
        var retries = Enumerable.Range(1, 250).Select(attempt => Scenario.Step("o1", SagaStep.ProcessPayment, attempt)).ToArray();
        await Scenario.SagaAsync(_fixture, "o1", [Scenario.Started("o1", "u1"), .. retries]);
        await _fixture.CatchUpAsync();

        var first = await _fixture.Orders.TimelineAsync("o1", new PageRequest(150), Ct);
        var second = await _fixture.Orders.TimelineAsync("o1", new PageRequest(150, first.Next), Ct);

        Assert.Equal(Enumerable.Range(1, 150), first.Items.Select(entry => entry.Version));
        Assert.Equal(Enumerable.Range(151, 101), second.Items.Select(entry => entry.Version));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task TimelineAsync_InstallationOfTheFirstRelease_KeepsIt()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();
        var before = await ReadAsync("o1");

        await _fixture.UpgradeFirstReleaseAsync("o1", before);
        Assert.Equal(before, await ReadAsync("o1"));

        await _fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.ReservationExpired("p1", "o1", 1));
        await _fixture.CatchUpAsync(_fixture.Runner(new OrderProjection()));
        Assert.Equal([.. Types(before), "stock.reservation_expired"], Types(await ReadAsync("o1")));
    }

    private static IEnumerable<string> Types(IEnumerable<TimelineEntry> timeline) => timeline.Select(entry => entry.Type);

    private async Task<IReadOnlyList<TimelineEntry>> ReadAsync(string orderId) =>
        (await _fixture.Orders.TimelineAsync(orderId, new PageRequest(PageRequest.MaxLimit), Ct)).Items;
}
