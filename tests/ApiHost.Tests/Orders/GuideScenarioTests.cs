using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>The integration test of the guide, over HTTP.</summary>
public sealed class GuideScenarioTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_OfTwoAtAHundredWithStockTen_EndsCompletedWithStockEightAndTotalTwoHundred()
    {
        var user = await _host.RegisterAsync("Kim Ro");
        var product = await _host.AddProductAsync(stock: 10, price: 100);

        var placed = await _host.PlaceAsync(user, Shop.Order(user, product, quantity: 2));

        var order = placed.Expect(HttpStatusCode.OK);
        var id = (string)order["id"]!;
        Assert.Equal("completed", (string?)order["status"]);
        Assert.Equal(200m, (decimal)order["total"]!);
        Assert.Equal("Kim Ro", (string?)order["userName"]);
        Assert.Equal($"/api/v1/orders/{id}", placed.Message.Headers.Location?.ToString());
        Assert.Equal((8, 8, 0), await _host.StockAsync(product));
        var payment = (await _host.As(user).Get($"/api/v1/orders/{id}/payment")).Expect(HttpStatusCode.OK);
        Assert.Equal(("completed", 200m, "USD"), ((string?)payment["status"], (decimal)payment["amount"]!, (string?)payment["currency"]));
    }

    [Fact]
    public async Task Timeline_OfACompletedOrder_HoldsEveryEvent()
    {
        var user = await _host.RegisterAsync();
        var product = await _host.AddProductAsync(stock: 10);
        var placed = await _host.PlaceAsync(user, Shop.Order(user, product));
        var id = placed.Text("id");

        string[] wanted =
        [
            "order.placed", "saga.started", "stock.reserved", "payment.requested", "payment.captured", "order.confirmed",
            "shipment.created", "stock.committed", "order.shipped", "order.completed", "saga.completed",
        ];
        await Eventually.GetAsync(
            () => _host.As(user).Get($"/api/v1/orders/{id}/timeline"),
            answer => answer.Status == HttpStatusCode.OK
                && wanted.All(type => answer.Body!["items"]!.AsArray().Any(entry => (string?)entry!["type"] == type)), TestContext.Current.CancellationToken);
    }
}
