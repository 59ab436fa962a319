using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.OpenApi;

public sealed class ApiDocumentTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task ApiDocument_PlaceOrder_SaysAllThatAnOrderNeeds()
    {
        var document = (await _host.As(null).Get("/openapi/v1.json")).Expect(HttpStatusCode.OK);

        var operation = document["paths"]!["/api/v1/orders"]!["post"]!;
        var headers = operation["parameters"]!.AsArray().ToDictionary(header => (string)header!["name"]!, header => (bool?)header!["required"] ?? false);
        Assert.Equal(new Dictionary<string, bool> { ["Idempotency-Key"] = true, ["Prefer"] = false }, headers);
        Assert.Equal(["200", "202", "400", "401", "403", "409", "422"], operation["responses"]!.AsObject().Select(answer => answer.Key).Order());
        Assert.NotNull(operation["security"]);
        var body = document["components"]!["schemas"]!["PlaceOrderBody"]!;
        Assert.Equal(["items", "payment", "userId"], body["required"]!.AsArray().Select(name => (string)name!).Order());
    }

    [Fact]
    public async Task Docs_Opened_ShowTheReader()
    {
        using var http = new HttpClient { BaseAddress = _host.BaseAddress };

        var page = await http.GetStringAsync("/docs", TestContext.Current.CancellationToken);

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
    }
}
