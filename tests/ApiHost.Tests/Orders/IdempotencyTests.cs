using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Orders;

public sealed class IdempotencyTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task PlaceOrder_WithoutAKey_IsRefused()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 1));

        var answer = await _host.As(user).Post("/api/v1/orders", Shop.Order(user, product));

        answer.Expect(HttpStatusCode.BadRequest);
        Assert.Equal("idempotency-key-missing", answer.Problem);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("tab\there")]
    public async Task PlaceOrder_WithAMalformedKey_IsRefused(string key)
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 1));

        var answer = await _host.PlaceAsync(user, Shop.Order(user, product), key: key);

        answer.Expect(HttpStatusCode.BadRequest);
        Assert.NotNull(answer.Body!["errors"]!["Idempotency-Key"]);
    }

    [Fact]
    public async Task PlaceOrder_AgainUnderTheSameKey_GivesTheOrderAsItIsNow()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var key = Guid.NewGuid().ToString();
        var first = await _host.PlaceAsync(user, Shop.Order(user, product), wait: null, key);
        first.Expect(HttpStatusCode.Accepted);
        await _host.EndAsync(first.Text("id")!);

        var again = await _host.PlaceAsync(user, Shop.Order(user, product), wait: null, $"\"{key}\"");

        again.Expect(HttpStatusCode.OK);
        Assert.Equal((first.Text("id"), "completed"), (again.Text("id"), again.Text("status")));
        Assert.Equal((4, 4, 0), await _host.StockAsync(product));
    }

    [Fact]
    public async Task PlaceOrder_WithAnotherBodyUnderTheSameKey_IsRefused()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var key = Guid.NewGuid().ToString();
        (await _host.PlaceAsync(user, Shop.Order(user, product), key: key)).Expect(HttpStatusCode.OK);

        var answer = await _host.PlaceAsync(user, Shop.Order(user, product, quantity: 2), key: key);

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("idempotency-key-reused", answer.Problem);
    }

    [Fact]
    public async Task PlaceOrder_ByAnotherCallerUnderTheSameKey_IsAnotherOrder()
    {
        var (one, other, product) = (await _host.RegisterAsync(), await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));
        var key = Guid.NewGuid().ToString();

        var first = await _host.PlaceAsync(one, Shop.Order(one, product), key: key);
        var second = await _host.PlaceAsync(other, Shop.Order(other, product), key: key);

        Assert.NotEqual(first.Text("id"), second.Text("id"));
        Assert.Equal("completed", second.Text("status"));
    }

    [Fact]
    public async Task PlaceOrder_WithPreferWait_SaysThatItDid()
    {
        var (user, product) = (await _host.RegisterAsync(), await _host.AddProductAsync(stock: 5));

        var answer = await _host.PlaceAsync(user, Shop.Order(user, product), wait: 9);

        Assert.Equal("wait=9", Assert.Single(answer.Message.Headers.GetValues("Preference-Applied")));
        Assert.Equal($"\"{(int)answer.Body!["version"]!}\"", answer.Message.Headers.ETag!.Tag);
    }
}
