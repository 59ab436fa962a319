using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>A host that holds reservations for less time than a slow payment takes.</summary>
public sealed class ShortHoldHost : IAsyncLifetime
{
    RunningCrescent? _host;

    public RunningCrescent Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() => _host = await NewCrescent.StartAsync(
        "--Crescent:OrderSaga:ReservationHold=00:00:01",
        "--Crescent:Sweeper:Interval=00:00:00.2",
        "--Crescent:Providers:PaymentSandbox:SlowAnswer=00:00:04",
        "--Crescent:Payments:CallTimeout=00:00:04.8",
        "--Crescent:DemoData=false");

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}

public sealed class ReservationExpiryTests(ShortHoldHost fixture) : IClassFixture<ShortHoldHost>
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_WhoseReservationExpiresWhileItPays_TakesTheUnitsAgain()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var id = (await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_slow"), wait: null)).Text("id")!;

        await Eventually.GetAsync(() => _host.StockAsync(product), stock => stock == (5, 3, 2), TestContext.Current.CancellationToken);
        await Eventually.GetAsync(() => _host.StockAsync(product), stock => stock == (5, 5, 0), TestContext.Current.CancellationToken);
        var order = await _host.EndAsync(id);

        Assert.Equal("completed", (string?)order["status"]);
        Assert.Equal((3, 3, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet(id, captures: 1, net: 200);
    }

    [Fact]
    public async Task PlaceOrder_WhoseUnitsAreSoldWhileItPays_IsRejectedAndPaidBack()
    {
        var (slow, quick, product) = (await _host.RegisterAsync(), await _host.RegisterAsync(), await _host.AddProductAsync(stock: 1));
        var id = (await _host.PlaceAsync(slow, Shop.Order(slow, product, 1, "tok_slow"), wait: null)).Text("id")!;

        // Without a wait the other buyer could come first: the order that was accepted first need not reserve first.
        await Eventually.GetAsync(() => _host.StockAsync(product), stock => stock == (1, 0, 1), TestContext.Current.CancellationToken);

        // The unit is free again once the reservation has expired; until then the other buyer finds it out of stock.
        await Eventually.GetAsync(
            () => _host.PlaceAsync(quick, Shop.Order(quick, product)), answer => answer.Text("status") == "completed", TestContext.Current.CancellationToken);
        var order = await _host.EndAsync(id);

        Assert.Equal(("rejected", "reservation_expired"), ((string?)order["status"], (string?)order["reason"]));
        Assert.Equal((0, 0, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet(id, captures: 1, net: 0);
        Assert.Equal("refunded", await _host.PaymentStatusAsync(id));
    }
}
