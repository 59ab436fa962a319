using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>An answer of the API.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    public string? Text(string member) => (string?)Body?[member];

    /// <summary>The last part of a problem's type.</summary>
    public string? Problem => Text("type")?.Split(':')[^1];

    public override string ToString() => $"{(int)Status} {Body?.ToJsonString()}";

    /// <summary>The body, after a check that the answer is of this status.</summary>
    public JsonNode Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)status} was expected, the answer is {this}");
        return Body ?? new JsonObject();
    }
}

/// <summary>What a program outside would use: plain HTTP and JSON.</summary>
public sealed class ApiClient(HttpClient http)
{
    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Answer> Post(string path, object? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public Task<Answer> Patch(string path, object body, params (string Name, string Value)[] headers) => Send(HttpMethod.Patch, path, body, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    /// <param name="body">A string is sent as it is, anything else as its JSON.</param>
    public async Task<Answer> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response);
    }
}
