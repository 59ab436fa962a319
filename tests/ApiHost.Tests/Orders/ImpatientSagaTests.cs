using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>A host whose sagas give up after moments, for the ways to end that otherwise take minutes.</summary>
public sealed class ImpatientHost : IAsyncLifetime
{
    TestHost? _host;

    public TestHost Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
        "--Crescent:OrderSaga:RetryBudget=00:00:01.5",
        "--Crescent:OrderSaga:ReservationHold=00:00:01",
        "--Crescent:Providers:PaymentSandbox:SlowAnswer=00:00:03");

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}

public sealed class ImpatientSagaTests(ImpatientHost fixture) : IClassFixture<ImpatientHost>
{
    readonly TestHost _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_WhenThePaymentProviderStaysDown_IsRejectedWithoutACharge()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));

        var order = await _host.EndAsync((await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_down"))).Text("id")!);

        Assert.Equal(("rejected", "payment_unavailable"), ((string?)order["status"], (string?)order["reason"]));
        Assert.Equal((5, 5, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet((string)order["id"]!, captures: 0, net: 0);
    }

    [Fact]
    public async Task PlaceOrder_WhoseCaptureComesTooLate_IsRejectedAndTheCaptureRefused()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));

        var order = await _host.EndAsync((await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_late_capture"))).Text("id")!);

        Assert.Equal("rejected", (string?)order["status"]);
        Assert.Equal((5, 5, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet((string)order["id"]!, captures: 0, net: 0);
        Assert.Equal("cancelled", await _host.PaymentStatusAsync((string)order["id"]!));
    }

    [Fact]
    public async Task PlaceOrder_WhoseReservationExpiresWhileItPays_TakesTheUnitsAgain()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var id = (await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_slow"), wait: null)).Text("id")!;

        await Eventually.Get(() => _host.StockAsync(product), stock => stock == (5, 3, 2));
        await Eventually.Get(() => _host.StockAsync(product), stock => stock == (5, 5, 0));
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

        // The unit is free again once the reservation has expired; until then the other buyer finds it out of stock.
        await Eventually.Get(
            () => _host.PlaceAsync(quick, Shop.Order(quick, product)), answer => answer.Text("status") == "completed");
        var order = await _host.EndAsync(id);

        Assert.Equal(("rejected", "reservation_expired"), ((string?)order["status"], (string?)order["reason"]));
        Assert.Equal((0, 0, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet(id, captures: 1, net: 0);
        Assert.Equal("refunded", await _host.PaymentStatusAsync(id));
    }

    [Fact]
    public async Task PlaceOrder_ByAUserWhoseMailCannotBeSent_CompletesAllTheSame()
    {
        var user = await _host.RegisterAsync(email: $"{Guid.NewGuid():N}@unsendable.test");
        var product = await _host.AddProductAsync(stock: 5);

        var order = (await _host.PlaceAsync(user, Shop.Order(user, product))).Expect(HttpStatusCode.OK);

        Assert.Equal("completed", (string?)order["status"]);
        Assert.Equal((4, 4, 0), await _host.StockAsync(product));
    }
}
