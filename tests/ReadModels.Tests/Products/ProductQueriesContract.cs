using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;

namespace Crescent.ReadModels.Tests.Products;

public abstract class ProductQueriesContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    [Fact]
    public async Task FindAsync_AfterEveryMovement_ShowsTheStockTheAggregateHas()
    {
        InventoryEvent[] events =
        [
            new InventoryEvent.ProductCreated("p1", "Lamp", Scenario.Price),
            new InventoryEvent.StockReceived("p1", 20),
            new InventoryEvent.StockAdjusted("p1", -1, "broken"),
            new InventoryEvent.StockReserved("p1", "o1", 2, Scenario.ExpiresAt),
            new InventoryEvent.StockReserved("p1", "o2", 3, Scenario.ExpiresAt),
            new InventoryEvent.StockReserved("p1", "o3", 4, Scenario.ExpiresAt),
            new InventoryEvent.StockReserved("p1", "o4", 5, Scenario.ExpiresAt),
            new InventoryEvent.StockCommitted("p1", "o1", 2),
            new InventoryEvent.StockReleased("p1", "o2", 3, ReleasedFrom.Reservation, Scenario.ExpiresAt),
            new InventoryEvent.ReservationExpired("p1", "o3", 4),
            new InventoryEvent.StockReleased("p1", "o1", 2, ReleasedFrom.Commitment, Scenario.ExpiresAt),
            new InventoryEvent.StockReleased("p1", "o9", 0, ReleasedFrom.Nothing, Scenario.ExpiresAt),
            new InventoryEvent.ProductUpdated("p1", "Big lamp", new Money(110, "USD")),
        ];

        var state = InventoryItem.Initial;
        foreach (var happened in events)
        {
            state = state.Evolve(happened);
            await _fixture.AppendAsync(StreamCategory.Inventory, "p1", happened);
            await _fixture.CatchUpAsync();
            var product = await _fixture.Products.FindAsync("p1", Ct);
            Assert.NotNull(product);
            Assert.Equal((state.Available, state.Reserved, state.OnHand), (product.Available, product.Reserved, product.OnHand));
        }

        var last = await _fixture.Products.FindAsync("p1", Ct);
        Assert.Equal(("Big lamp", 110m, "USD", events.Length), (last!.Name, last.Price, last.Currency, last.Version));
    }

    [Theory]
    [InlineData(null, "p1,p2,p3")]
    [InlineData("lam", "p1,p3")]
    [InlineData("lamp red", "p1")]
    [InlineData("CAFE", "p2")]
    [InlineData("café", "p2")]
    [InlineData("\"lamp\" OR table*", "")]
    [InlineData("- \" *", "")]
    public async Task ListAsync_Search_FindsByTheBeginningsOfWords(string? search, string ids)
    {
        await Scenario.ProductAsync(_fixture, "p1", "Red lamp", 1);
        await Scenario.ProductAsync(_fixture, "p2", "Café table", 1);
        await Scenario.ProductAsync(_fixture, "p3", "Blue lampshade", 1);
        await _fixture.CatchUpAsync();

        var found = await _fixture.Products.ListAsync(search, new PageRequest(10), Ct);

        Assert.Equal(ids.Split(',', StringSplitOptions.RemoveEmptyEntries), found.Items.Select(product => product.Id));
    }

    [Fact]
    public async Task ListAsync_SearchAfterARename_FindsTheNewNameOnly()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Red lamp", 1);
        await _fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.ProductUpdated("p1", "Green chair", Scenario.Price));
        await _fixture.CatchUpAsync();

        Assert.Empty((await _fixture.Products.ListAsync("lamp", new PageRequest(10), Ct)).Items);
        Assert.Single((await _fixture.Products.ListAsync("chair", new PageRequest(10), Ct)).Items);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("lamp")]
    public async Task ListAsync_PageByPage_ShowsEachOnce(string? search)
    {
        for (var i = 0; i < 7; i++)
            await Scenario.ProductAsync(_fixture, $"p{i}", $"Lamp {i}", 1);
        await _fixture.CatchUpAsync();

        var first = await _fixture.Products.ListAsync(search, new PageRequest(4), Ct);
        var second = await _fixture.Products.ListAsync(search, new PageRequest(4, first.Next), Ct);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"p{i}"), first.Items.Concat(second.Items).Select(product => product.Id));
        Assert.Null(second.Next);
    }
}
