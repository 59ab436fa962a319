using Crescent.GrainInterfaces.Orders;
using Crescent.Grains.Tests.Testing;

namespace Crescent.Grains.Tests.Inventory;

public sealed class StockRaceTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_ThreeHundredBuyersOfAHundredUnits_SellExactlyAHundred()
    {
        await using var silo = await TestSilo.StartAsync();
        var product = await silo.ProductAsync(stock: 100);
        var users = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => silo.UserAsync()));

        var orders = await Task.WhenAll(users.Select(async user => await silo.EndedAsync(await silo.OrderAsync(user, product))));

        Assert.Equal(100, orders.Count(order => order.Status == OrderStatus.Completed));
        Assert.All(orders.Where(order => order.Status != OrderStatus.Completed), order => Assert.Equal("out_of_stock", order.Reason));
        Assert.Equal(0, (await silo.Product(product).Get(Ct))!.OnHand);
        Assert.Equal(100, silo.Payments.Captures);
    }

    [Fact]
    public async Task Orders_RandomPairsOfTwentyProducts_ConserveStock()
    {
        await using var silo = await TestSilo.StartAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => silo.ProductAsync(stock: 5)));
        var user = await silo.UserAsync();
        var random = new Random(1);
        var pairs = Enumerable.Range(0, 100).Select(_ => random.GetItems(products, 2)).ToList();

        var orders = await Task.WhenAll(pairs.Select(async pair =>
            await silo.EndedAsync((await silo.PlaceAsync(user, "tok_ok", null, (pair[0], 1), (pair[1], 1))).OrderId)));

        var sold = orders.Where(order => order.Status == OrderStatus.Completed).SelectMany(order => order.Items)
            .GroupBy(item => item.ProductId).ToDictionary(group => group.Key, group => group.Sum(item => item.Quantity));
        foreach (var id in products)
        {
            var product = (await silo.Product(id).Get(Ct))!;
            Assert.Equal((5 - sold.GetValueOrDefault(id), 0L), (product.OnHand, product.Reserved));
        }
    }
}
