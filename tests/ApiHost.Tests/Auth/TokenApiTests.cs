using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Auth;

public sealed class TokenApiTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task IssueToken_ForAClientWithItsSecret_OpensItsRoutes()
    {
        var secret = _host.Secrets.ClientSecrets[Clients.Admin];

        var answer = await _host.As(null).Post("/api/v1/auth/token", new { client = Clients.Admin, secret });

        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("Bearer", answer.Text("tokenType"));
        var created = await With(answer.Text("accessToken")!).Post("/api/v1/products", new { name = "Cup", price = 3, currency = "USD", stock = 1 });
        created.Expect(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(Clients.Admin, "wrong")]
    [InlineData("nobody", "wrong")]
    public async Task IssueToken_ForAWrongSecretOrClient_IsRefused(string client, string secret) =>
        Assert.Equal("invalid-client", (await _host.As(null).Post("/api/v1/auth/token", new { client, secret })).Problem);

    [Fact]
    public async Task IssueToken_ForAUserOnLoopback_ActsAsThatUser()
    {
        var user = await _host.RegisterAsync();

        var answer = await RunningCrescent.Client(_host.HostAddress, null).Post("/api/v1/auth/token", new { user });

        answer.Expect(HttpStatusCode.OK);
        (await With(answer.Text("accessToken")!).Get($"/api/v1/users/{user}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task IssueToken_ForAnUnknownUser_IsRefused() =>
        Assert.Equal("unknown-user", (await _host.As(null).Post("/api/v1/auth/token", new { user = Guid.NewGuid() })).Problem);

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Host", "evil.example")]
    public async Task IssueToken_ForAUserThroughAProxyOrAForeignName_IsForbidden(string header, string value)
    {
        var user = await _host.RegisterAsync();

        var answer = await _host.As(null).Post("/api/v1/auth/token", new { user }, (header, value));

        Assert.Equal("forbidden", answer.Problem);
    }

    ApiClient With(string token) => RunningCrescent.Client(_host.BaseAddress, token);
}
