using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

/// <summary>What is refused at once, and leaves no order behind.</summary>
public sealed class OrderRefusalTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_ForAnUnknownUser_IsRefused()
    {
        var product = await _host.AddProductAsync(stock: 1);

        var answer = await _host.AsAdmin().PlaceAsync(Shop.Order(Guid.NewGuid().ToString(), product));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("unknown-user", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_ForAnotherUser_IsRefusedLikeForAnUnknownOne()
    {
        var product = await _host.AddProductAsync(stock: 1);
        var (buyer, other) = (await _host.RegisterAsync(), await _host.RegisterAsync());

        var answer = await _host.PlaceAsync(buyer, Shop.Order(other, product));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("unknown-user", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_ForAnInactiveUser_IsRefused()
    {
        var product = await _host.AddProductAsync(stock: 1);
        var user = await _host.RegisterAsync();
        (await _host.As(user).Patch($"/api/v1/users/{user}", new { status = "inactive" })).Expect(HttpStatusCode.OK);

        var answer = await _host.PlaceAsync(user, Shop.Order(user, product));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("inactive-user", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_OfAnUnknownProduct_IsRefused()
    {
        var user = await _host.RegisterAsync();

        var answer = await _host.PlaceAsync(user, Shop.Order(user, Guid.NewGuid().ToString()));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("unknown-product", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_InTwoCurrencies_IsRefused()
    {
        var user = await _host.RegisterAsync();
        var (dollars, euros) = (await _host.AddProductAsync(stock: 1), await _host.AddProductAsync(stock: 1, currency: "EUR"));

        var answer = await _host.PlaceAsync(user, Shop.OrderOf(user, "tok_ok", (dollars, 1), (euros, 1)));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("mixed-currencies", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_OfNothing_IsRefused()
    {
        var user = await _host.RegisterAsync();

        var answer = await _host.PlaceAsync(user, Shop.OrderOf(user, "tok_ok"));

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("no-items", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_ThatWasRefused_IsDecidedAnewUnderTheSameKey()
    {
        var user = await _host.RegisterAsync();
        var key = Guid.NewGuid().ToString();
        (await _host.PlaceAsync(user, Shop.Order(user, Guid.NewGuid().ToString()), key: key)).Expect(HttpStatusCode.UnprocessableEntity);
        var product = await _host.AddProductAsync(stock: 1);

        var answer = await _host.PlaceAsync(user, Shop.Order(user, product), key: key);

        Assert.Equal("completed", answer.Text("status"));
    }
}
