using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Auth;

/// <summary>Every route of the API document with every kind of token. A new route must be added to the table.</summary>
public sealed class RouteAccessTests(HostFixture fixture)
{
    const string Everyone = "*";
    const string Act = "customer admin service";
    const string See = "customer admin operator service";
    const string Operate = "admin operator";
    const string Manage = "admin service";

    static readonly Dictionary<string, string> Access = new()
    {
        ["GET /health/live"] = Everyone,
        ["GET /health/ready"] = Everyone,
        ["POST /api/v1/auth/token"] = Everyone,
        ["POST /api/v1/users"] = Everyone,
        ["GET /api/v1/users"] = "admin operator service",
        ["GET /api/v1/users/{id}"] = See,
        ["PATCH /api/v1/users/{id}"] = Act,
        ["DELETE /api/v1/users/{id}"] = Act,
        ["GET /api/v1/products"] = Everyone,
        ["POST /api/v1/products"] = Manage,
        ["GET /api/v1/products/{id}"] = Everyone,
        ["PATCH /api/v1/products/{id}"] = Manage,
        ["POST /api/v1/products/{id}/stock"] = Manage,
        ["POST /api/v1/orders"] = Act,
        ["GET /api/v1/orders"] = See,
        ["GET /api/v1/orders/{id}"] = See,
        ["POST /api/v1/orders/{id}/cancel"] = Act,
        ["GET /api/v1/orders/{id}/payment"] = See,
        ["GET /api/v1/orders/{id}/timeline"] = See,
        ["GET /api/v1/admin/sagas"] = Operate,
        ["GET /api/v1/admin/sagas/{id}"] = Operate,
        ["GET /api/v1/admin/analytics"] = Operate,
    };

    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task ApiDocument_Routes_AreAllInTheTable()
    {
        var document = (await _host.As(null).Get("/openapi/v1.json")).Expect(HttpStatusCode.OK);

        var routes = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(Access.Keys.Order(), routes.Order());
    }

    [Fact]
    public async Task GuardedRoutes_WithoutAValidToken_AnswerUnauthorized()
    {
        var tokens = Tokens.Bad(_host);
        foreach (var route in Access.Where(route => route.Value != Everyone).Select(route => route.Key))
        {
            await ExpectUnauthorizedAsync(route, "no token", null);
            foreach (var (kind, token) in tokens)
                await ExpectUnauthorizedAsync(route, kind, token);
        }
    }

    [Theory]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Service)]
    [InlineData("stranger")]
    public async Task GuardedRoutes_ByRole_AreOpenToThoseInTheTable(string role)
    {
        foreach (var (route, roles) in Access.Where(route => route.Value != Everyone))
        {
            var answer = await SendAsync(route, _host.Token(Guid.NewGuid().ToString(), role));

            var isForbidden = answer.Status == HttpStatusCode.Forbidden;
            Assert.True(isForbidden != roles.Split(' ').Contains(role), $"{role} at {route}: {answer}");
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
            if (isForbidden)
                Assert.Equal("forbidden", answer.Problem);
        }
    }

    async Task ExpectUnauthorizedAsync(string route, string kind, string? token)
    {
        var answer = await SendAsync(route, token);
        Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{kind} at {route}: {answer}");
        Assert.Equal("unauthorized", answer.Problem);
    }

    Task<Answer> SendAsync(string route, string? token)
    {
        var (method, path) = route.Split(' ') is [var m, var p] ? (m, p) : throw new ArgumentException(route);
        var hasBody = method is "POST" or "PATCH" && !path.EndsWith("/cancel", StringComparison.Ordinal);
        return RunningCrescent.Client(_host.BaseAddress, token).Send(new HttpMethod(method), path.Replace("{id}", Guid.NewGuid().ToString()), hasBody ? "{}" : null);
    }
}
