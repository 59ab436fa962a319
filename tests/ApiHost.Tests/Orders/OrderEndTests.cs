using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>How accepted orders end, and that stock and money are as they must be then.</summary>
public sealed class OrderEndTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_slow")]
    [InlineData("tok_flaky")]
    [InlineData("tok_timeout_after_capture")]
    [InlineData("tok_late_capture")]
    public async Task PlaceOrder_WithATokenThatPays_CompletesAndTakesTheMoneyOnce(string token)
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5, price: 12.5m));

        var order = (await _host.PlaceAsync(user, Shop.Order(user, product, 2, token))).Expect(HttpStatusCode.OK);

        Assert.Equal("completed", (string?)order["status"]);
        Assert.Equal((3, 3, 0), await _host.StockAsync(product));
        Assert.Equal("completed", await _host.PaymentStatusAsync((string)order["id"]!));
        Ledger.Of(_host).ExpectNet((string)order["id"]!, captures: 1, net: 25m);
    }

    [Fact]
    public async Task PlaceOrder_WithATokenThatIsDeclined_IsRejectedAndGivesTheStockBack()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));

        var order = (await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_decline"))).Expect(HttpStatusCode.OK);

        Assert.Equal("rejected", (string?)order["status"]);
        Assert.Contains("declined", (string?)order["reason"]);
        Assert.Equal((5, 5, 0), await _host.StockAsync(product));
        Assert.Equal("declined", await _host.PaymentStatusAsync((string)order["id"]!));
        Ledger.Of(_host).ExpectNet((string)order["id"]!, captures: 0, net: 0);
    }

    [Fact]
    public async Task PlaceOrder_OfMoreThanThereIs_IsAcceptedAndThenRejected()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 1));

        var accepted = await _host.PlaceAsync(user, Shop.Order(user, product, 2), wait: null);

        accepted.Expect(HttpStatusCode.Accepted);
        Assert.Equal("placed", accepted.Text("status"));
        var order = await _host.EndAsync(accepted.Text("id")!);
        Assert.Equal("rejected", (string?)order["status"]);
        Assert.Equal("out_of_stock", (string?)order["reason"]);
        Assert.Equal((1, 1, 0), await _host.StockAsync(product));
        var payment = await _host.As(user).Get($"/api/v1/orders/{accepted.Text("id")}/payment");
        Assert.Equal("payment-not-found", payment.Problem);
    }

    [Fact]
    public async Task PlaceOrder_WithOneLineOutOfStock_GivesTheOthersBack()
    {
        var user = await _host.RegisterAsync();
        var (plenty, scarce) = (await _host.AddProductAsync(stock: 10), await _host.AddProductAsync(stock: 1));

        var order = (await _host.PlaceAsync(user, Shop.OrderOf(user, "tok_ok", (plenty, 3), (scarce, 2)))).Expect(HttpStatusCode.OK);

        Assert.Equal("rejected", (string?)order["status"]);
        Assert.Equal((10, 10, 0), await _host.StockAsync(plenty));
        Assert.Equal((1, 1, 0), await _host.StockAsync(scarce));
    }

    [Fact]
    public async Task PlaceOrder_WithTwoLinesOfOneProduct_TakesTheSumOfBoth()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 10, price: 3));

        var order = (await _host.PlaceAsync(user, Shop.OrderOf(user, "tok_ok", (product, 2), (product, 5)))).Expect(HttpStatusCode.OK);

        Assert.Equal("completed", (string?)order["status"]);
        Assert.Equal(21m, (decimal)order["total"]!);
        Assert.Equal(2, order["items"]!.AsArray().Count);
        Assert.Equal((3, 3, 0), await _host.StockAsync(product));
    }

    [Fact]
    public async Task CancelOrder_BeforeItShips_UndoesEverything()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        // The slow token keeps the order from shipping while it is cancelled.
        var id = (await _host.PlaceAsync(user, Shop.Order(user, product, 2, "tok_slow"), wait: null)).Text("id")!;

        var cancelled = await _host.As(user).Post($"/api/v1/orders/{id}/cancel", null);

        Assert.True(cancelled.Status is HttpStatusCode.Accepted or HttpStatusCode.OK, cancelled.ToString());
        Assert.Equal("cancelled", (string?)(await _host.EndAsync(id))["status"]);
        Assert.Equal((5, 5, 0), await _host.StockAsync(product));
        Ledger.Of(_host).ExpectNet(id, captures: null, net: 0);
    }

    [Fact]
    public async Task CancelOrder_AfterItShipped_IsRefused()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var id = (await _host.PlaceAsync(user, Shop.Order(user, product))).Text("id")!;

        var answer = await _host.As(user).Post($"/api/v1/orders/{id}/cancel", null);

        answer.Expect(HttpStatusCode.Conflict);
        Assert.True(answer.Problem is "already-shipped" or "already-ended", answer.ToString());
        Assert.Equal((4, 4, 0), await _host.StockAsync(product));
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
