using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Products;

public sealed class ProductsApiTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task CreateProduct_WithStock_ShowsAllOfItAvailable()
    {
        var answer = await _host.AsAdmin().Post("/api/v1/products", new { name = "Lamp", price = 12.5, currency = "EUR", stock = 10 });

        var product = answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/products/{product["id"]}", answer.Message.Headers.Location?.ToString());
        Assert.Equal(("Lamp", 12.5m, "EUR"), ((string?)product["name"], (decimal)product["price"]!, (string?)product["currency"]));
        Assert.Equal((10, 10, 0), await _host.StockAsync((string)product["id"]!));
    }

    [Theory]
    [InlineData("USD", 1.005)]
    [InlineData("JPY", 0.5)]
    [InlineData("XQX", 1)]
    [InlineData("USD", -1)]
    public async Task CreateProduct_WithAPriceItsCurrencyCannotHave_IsRefused(string currency, double price)
    {
        var answer = await _host.AsAdmin().Post("/api/v1/products", new { name = "Lamp", price, currency });

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalid-value", answer.Problem);
    }

    [Fact]
    public async Task ChangeStock_ReceivedAndAdjusted_AddsUp()
    {
        var id = await _host.AddProductAsync(stock: 10);

        (await _host.AsAdmin().Post($"/api/v1/products/{id}/stock", new { received = 5 })).Expect(HttpStatusCode.OK);
        (await _host.AsAdmin().Post($"/api/v1/products/{id}/stock", new { adjustBy = -3, reason = "broken" })).Expect(HttpStatusCode.OK);

        Assert.Equal((12, 12, 0), await _host.StockAsync(id));
    }

    [Fact]
    public async Task ChangeStock_BelowWhatIsThere_IsRefused()
    {
        var id = await _host.AddProductAsync(stock: 2);

        var answer = await _host.AsAdmin().Post($"/api/v1/products/{id}/stock", new { adjustBy = -3, reason = "lost" });

        answer.Expect(HttpStatusCode.Conflict);
        Assert.Equal("stock-below-zero", answer.Problem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"received":1,"adjustBy":1,"reason":"both"}""")]
    [InlineData("""{"received":0}""")]
    [InlineData("""{"adjustBy":0,"reason":"none"}""")]
    [InlineData("""{"adjustBy":1}""")]
    public async Task ChangeStock_ByNeitherOrBoth_IsRefused(string body)
    {
        var id = await _host.AddProductAsync(stock: 2);

        Assert.Equal("invalid-request", (await _host.AsAdmin().Post($"/api/v1/products/{id}/stock", body)).Problem);
    }

    [Fact]
    public async Task UpdateProduct_Price_LeavesOrdersPlacedBeforeAsTheyWere()
    {
        var (user, id) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 10, price: 10));
        var before = (await _host.PlaceAsync(user, Shop.Order(user, id))).Expect(HttpStatusCode.OK);

        (await _host.AsAdmin().Patch($"/api/v1/products/{id}", new { price = 20 })).Expect(HttpStatusCode.OK);
        var after = (await _host.PlaceAsync(user, Shop.Order(user, id))).Expect(HttpStatusCode.OK);

        Assert.Equal((10m, 20m), ((decimal)before["total"]!, (decimal)after["total"]!));
    }
}
