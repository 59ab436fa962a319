using System.Text.Json;
using Crescent.ReadModels.Orders;

namespace Crescent.ReadModels.Tests.Orders;

public abstract class OrderQueriesContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    [Fact]
    public async Task FindAsync_Completed_ShowsItWithItsLines()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();

        var order = await _fixture.Orders.FindAsync("o1", Ct);

        Assert.NotNull(order);
        Assert.Equal(("u1", "Ada Lovelace", "completed", 200m, "USD", null, 4), (order.UserId, order.UserName, order.Status, order.Total, order.Currency, order.Reason, order.Version));
        Assert.Equal([new OrderItemRow("p1", "Lamp", 2, 100, 200)], order.Items);
        Assert.Null(await _fixture.Orders.FindAsync("o2", Ct));
    }

    [Fact]
    public async Task FindAsync_Rejected_SaysWhy()
    {
        await Scenario.DeclinedAsync(_fixture, "o1", "u1");
        await _fixture.CatchUpAsync();

        var order = await _fixture.Orders.FindAsync("o1", Ct);

        Assert.Equal(("rejected", "payment_declined"), (order!.Status, order.Reason));
    }

    [Fact]
    public async Task ListAsync_OfUserAndByStatus_ShowsTheNewestFirst()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await Scenario.DeclinedAsync(_fixture, "o2", "u1");
        await Scenario.CompletedAsync(_fixture, "o3", "u2");
        await Scenario.OrderAsync(_fixture, "o4", "u1", "Ada");
        await _fixture.CatchUpAsync();

        Assert.Equal(["o4", "o3", "o2", "o1"], await IdsAsync(null, null));
        Assert.Equal(["o4", "o2", "o1"], await IdsAsync("u1", null));
        Assert.Equal(["o3", "o1"], await IdsAsync(null, "completed"));
        Assert.Equal(["o1"], await IdsAsync("u1", "completed"));
        Assert.Empty(await IdsAsync("u3", null));
    }

    [Fact]
    public async Task ListAsync_PageByPage_IsStableWhileOrdersComeAndChange()
    {
        for (var i = 0; i < 7; i++)
            await Scenario.OrderAsync(_fixture, $"o{i}", "u1", "Ada");
        await _fixture.CatchUpAsync();

        var first = await _fixture.Orders.ListAsync("u1", null, new PageRequest(3), Ct);
        await Scenario.OrderAsync(_fixture, "late", "u1", "Ada");
        await _fixture.CatchUpAsync();
        var second = await _fixture.Orders.ListAsync("u1", null, new PageRequest(3, first.Next), Ct);
        var third = await _fixture.Orders.ListAsync("u1", null, new PageRequest(3, second.Next), Ct);

        Assert.Equal(["o6", "o5", "o4"], first.Items.Select(order => order.Id));
        Assert.Equal(["o3", "o2", "o1"], second.Items.Select(order => order.Id));
        Assert.Equal(["o0"], third.Items.Select(order => order.Id));
        Assert.Null(third.Next);
    }

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

    private async Task<IEnumerable<string>> IdsAsync(string? userId, string? status) =>
        (await _fixture.Orders.ListAsync(userId, status, new PageRequest(10), Ct)).Items.Select(order => order.Id);
}
