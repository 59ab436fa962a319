using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.ApiHost.Tests.Http;

namespace Crescent.ApiHost.Tests.RateLimits;

/// <summary>Each host counts for itself.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Request_BeyondTheRateLimit_IsAProblemThatSaysWhenToComeBack()
    {
        await using var host = await TestHost.StartAsync("--Crescent:RateLimits:Requests=2", "--Crescent:RateLimits:WindowSeconds=3600", "--Crescent:DemoData=false");
        var client = host.As("somebody", Roles.Admin);
        var first = await client.Get("/nowhere");
        Assert.Equal("\"caller\";q=2;w=3600", Assert.Single(first.Message.Headers.GetValues("RateLimit-Policy")));
        Assert.StartsWith("\"caller\";r=1;t=", Assert.Single(first.Message.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
        await client.Get("/nowhere");

        var refused = await client.Get("/nowhere");

        ProblemDetailsTests.ExpectProblem(refused, 429, "too-many-requests");
        Assert.NotNull(refused.Message.Headers.RetryAfter);
        (await client.Get("/health/live")).Expect(HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await host.As("somebody else", Roles.Admin).Get("/nowhere")).Status);
    }
}
