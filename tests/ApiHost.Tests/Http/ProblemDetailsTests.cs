using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Http;

/// <summary>Whatever is refused, is refused in the form of RFC 9457.</summary>
public sealed class ProblemDetailsTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("GET", "/api/v1/orders/not-an-id", 404, "not-found")]
    [InlineData("PUT", "/api/v1/orders", 405, "method-not-allowed")]
    [InlineData("GET", "/api/v1/users/0192f3a0-0000-7000-8000-00000000dead", 404, "user-not-found")]
    [InlineData("GET", "/api/v1/products/0192f3a0-0000-7000-8000-00000000dead", 404, "product-not-found")]
    [InlineData("GET", "/api/v1/orders/0192f3a0-0000-7000-8000-00000000dead", 404, "order-not-found")]
    public async Task Request_ThatNothingAnswers_IsAProblem(string method, string path, int status, string problem)
    {
        var answer = await _host.AsAdmin().Send(new HttpMethod(method), path, null);

        ExpectProblem(answer, status, problem);
        Assert.Equal(path, answer.Text("instance"));
    }

    [Fact]
    public async Task Request_WithAnotherMediaType_IsAProblem()
    {
        using var http = new HttpClient { BaseAddress = _host.BaseAddress };
        var response = await http.PostAsync("/api/v1/users", new StringContent("email=a"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"email\":\"a@b.c\",\"email\":\"d@e.f\",\"name\":\"A\"}")]
    public async Task Request_WhoseBodyIsNoJson_IsAProblem(string body) =>
        ExpectProblem(await _host.As(null).Post("/api/v1/users", body), 400, "malformed-body");

    [Fact]
    public async Task Request_WithABodyTooLarge_IsAProblem() =>
        ExpectProblem(await _host.As(null).Post("/api/v1/users", new { email = "a@b.c", name = new string('x', 200_000) }), 413, "body-too-large");

    [Fact]
    public async Task Request_WithSeveralWrongFields_NamesThemAll()
    {
        const string body = """
            {"userIdd":"u","items":[{"productId":"","quantity":0,"note":"x"},7],"payment":null,"shipTo":{"country":"korea"}}
            """;

        var answer = await _host.AsAdmin().PlaceAsync(body);

        ExpectProblem(answer, 400, "invalid-request");
        var errors = answer.Body!["errors"]!.AsObject().ToDictionary(error => error.Key, error => (string)error.Value![0]!);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["userIdd"] = "is not known here",
                ["userId"] = "is required",
                ["items[0].productId"] = "must have 1 to 64 characters",
                ["items[0].quantity"] = "must be at least 1",
                ["items[0].note"] = "is not known here",
                ["items[1]"] = "must be an object",
                ["payment"] = "must not be null",
                ["shipTo.name"] = "is required",
                ["shipTo.street"] = "is required",
                ["shipTo.city"] = "is required",
                ["shipTo.postalCode"] = "is required",
                ["shipTo.country"] = "must be an ISO 3166-1 code such as DE",
            }.OrderBy(error => error.Key),
            errors.OrderBy(error => error.Key));
    }

    [Theory]
    [InlineData("""{"name":"x","currency":"USD","price":"100"}""", "price")]
    [InlineData("""{"name":"x","currency":"USD","price":1000000000000000000000000000000000}""", "price")]
    [InlineData("""{"name":"x","currency":"dollars","price":1}""", "currency")]
    [InlineData("""{"name":"","currency":"USD","price":1}""", "name")]
    [InlineData("""{"name":"x","currency":"USD","price":1,"stock":1.5}""", "stock")]
    [InlineData("""{"name":"x","currency":"USD","price":1,"stock":-1}""", "stock")]
    public async Task Request_WithOneWrongField_NamesIt(string body, string field)
    {
        var answer = await _host.AsAdmin().Post("/api/v1/products", body);

        ExpectProblem(answer, 400, "invalid-request");
        Assert.Equal(field, Assert.Single(answer.Body!["errors"]!.AsObject()).Key);
    }

    internal static void ExpectProblem(Answer answer, int status, string problem)
    {
        Assert.True((int)answer.Status == status, answer.ToString());
        Assert.Equal(problem, answer.Problem);
        Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status, (int)answer.Body!["status"]!);
        Assert.NotNull(answer.Text("title"));
        Assert.NotNull(answer.Text("traceId"));
    }
}
