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

    private async Task<IEnumerable<string>> IdsAsync(string? userId, string? status) =>
        (await _fixture.Orders.ListAsync(userId, status, new PageRequest(10), Ct)).Items.Select(order => order.Id);
}
