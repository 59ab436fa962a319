using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>
/// Sagas that give up after moments, for the ways to end that otherwise take minutes. Each test has a host of its own: a
/// provider that fails often enough opens its circuit before everybody.
/// </summary>
public sealed class ImpatientSagaTests
{
    [Fact]
    public async Task PlaceOrder_WhenThePaymentProviderStaysDown_IsRejectedWithoutACharge()
    {
        await using var host = await StartAsync();
        var (user, product) = (await host.RegisterAsync(), await host.AddProductAsync(stock: 5));

        var order = await host.EndAsync((await host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_down"))).Text("id")!);

        Assert.Equal(("rejected", "payment_unavailable"), ((string?)order["status"], (string?)order["reason"]));
        Assert.Equal((5, 5, 0), await host.StockAsync(product));
        Ledger.Of(host).ExpectNet((string)order["id"]!, captures: 0, net: 0);
    }

    [Fact]
    public async Task PlaceOrder_WhoseCaptureComesTooLate_IsRejectedAndTheCaptureRefused()
    {
        await using var host = await StartAsync();
        var (user, product) = (await host.RegisterAsync(), await host.AddProductAsync(stock: 5));

        var order = await host.EndAsync((await host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_late_capture"))).Text("id")!);

        Assert.Equal("rejected", (string?)order["status"]);
        Assert.Equal((5, 5, 0), await host.StockAsync(product));
        Ledger.Of(host).ExpectNet((string)order["id"]!, captures: 0, net: 0);
        Assert.Equal("cancelled", await host.PaymentStatusAsync((string)order["id"]!));
    }

    static Task<RunningCrescent> StartAsync() => NewCrescent.StartAsync("--Crescent:OrderSaga:RetryBudget=00:00:01.5", "--Crescent:DemoData=false");
}
