using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Auth;

/// <summary>What belongs to somebody else is answered exactly like what does not exist.</summary>
public sealed class OwnershipTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task Order_OfAnotherUser_IsAnsweredLikeAMissingOne()
    {
        var (owner, other) = (await _host.RegisterAsync(), await _host.RegisterAsync());
        var id = (await _host.PlaceAsync(owner, Shop.Order(owner, await _host.AddProductAsync(stock: 1)))).Text("id")!;
        var missing = Guid.NewGuid().ToString();

        foreach (var path in (string[])["", "/payment", "/timeline"])
        {
            var foreign = await _host.As(other).Get($"/api/v1/orders/{id}{path}");
            var none = await _host.As(other).Get($"/api/v1/orders/{missing}{path}");
            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
            Assert.Equal(WithoutIds(none, missing), WithoutIds(foreign, id));
        }

        var cancelForeign = await _host.As(other).Post($"/api/v1/orders/{id}/cancel", null);
        var cancelNone = await _host.As(other).Post($"/api/v1/orders/{missing}/cancel", null);
        Assert.Equal(WithoutIds(cancelNone, missing), WithoutIds(cancelForeign, id));
    }

    [Fact]
    public async Task User_OfAnother_IsAnsweredLikeAMissingOne()
    {
        var (owner, other) = (await _host.RegisterAsync(), await _host.RegisterAsync());

        Assert.Equal("user-not-found", (await _host.As(other).Get($"/api/v1/users/{owner}")).Problem);
        Assert.Equal("user-not-found", (await _host.As(other).Patch($"/api/v1/users/{owner}", new { name = "Mine" })).Problem);
        Assert.Equal("user-not-found", (await _host.As(other).Delete($"/api/v1/users/{owner}")).Problem);
        (await _host.As(owner).Get($"/api/v1/users/{owner}")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Service)]
    [InlineData(Roles.Operator)]
    public async Task Order_OfAnyUser_IsShownToStaff(string role)
    {
        var owner = await _host.RegisterAsync();
        var id = (await _host.PlaceAsync(owner, Shop.Order(owner, await _host.AddProductAsync(stock: 1)))).Text("id")!;

        (await _host.As("staff", role).Get($"/api/v1/orders/{id}")).Expect(HttpStatusCode.OK);
    }

    static string WithoutIds(Answer answer, string id)
    {
        var body = answer.Body!.DeepClone().AsObject();
        body.Remove("traceId");
        return $"{(int)answer.Status} {body.ToJsonString().Replace(id, "(id)", StringComparison.Ordinal)}";
    }
}
