using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>Many buyers at once: nothing is sold twice, nothing is left over, nobody waits for ever.</summary>
public sealed class ConcurrencyTests(HostFixture fixture)
{
    const int LongestWait = 25;

    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_ByThreeHundredBuyersOfAHundredUnits_CompletesExactlyAHundred()
    {
        var product = await _host.AddProductAsync(stock: 100, price: 7);
        var users = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.RegisterAsync()));

        var placed = await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            _host.PlaceAsync(users[i % users.Length], Shop.Order(users[i % users.Length], product), LongestWait)));
        var orders = await Task.WhenAll(placed.Select(answer => _host.EndAsync(answer.Text("id")!)));

        Assert.Equal(100, orders.Count(order => (string?)order["status"] == "completed"));
        Assert.Equal(200, orders.Count(order => ((string?)order["status"], (string?)order["reason"]) == ("rejected", "out_of_stock")));
        Assert.Equal((0, 0, 0), await _host.StockAsync(product));
        var ledger = Ledger.Of(_host);
        foreach (var order in orders)
        {
            var completed = (string?)order["status"] == "completed";
            ledger.ExpectNet((string)order["id"]!, completed ? 1 : 0, completed ? 7 : 0);
        }
    }

    [Fact]
    public async Task PlaceOrder_OfTwentyProductsInRandomPairs_ConservesAllStock()
    {
        const int stock = 10;
        var products = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.AddProductAsync(stock)));
        var user = await _host.RegisterAsync();
        var random = new Random(4711);
        var pairs = Enumerable.Range(0, 150).Select(_ => random.GetItems(products, 2)).ToArray();

        var placed = await Task.WhenAll(pairs.Select(pair =>
            _host.PlaceAsync(user, Shop.OrderOf(user, "tok_ok", (pair[0], 1), (pair[1], 1)), LongestWait)));
        var orders = await Task.WhenAll(placed.Select(answer => _host.EndAsync(answer.Text("id")!)));

        for (var i = 0; i < products.Length; i++)
        {
            var sold = orders.Where(order => (string?)order["status"] == "completed")
                .Sum(order => order["items"]!.AsArray().Count(line => (string?)line!["productId"] == products[i]));
            Assert.Equal((stock - sold, stock - sold, 0), await _host.StockAsync(products[i]));
        }
    }

    [Fact]
    public async Task PlaceOrder_FiftyTimesAtOnceUnderOneKey_IsOneOrder()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 100));
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _host.PlaceAsync(user, Shop.Order(user, product), wait: null, key)));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, answer.ToString()));
        var id = Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        await _host.EndAsync(id!);
        Assert.Equal((99, 99, 0), await _host.StockAsync(product));
    }
}
