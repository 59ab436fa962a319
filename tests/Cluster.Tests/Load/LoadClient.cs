using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Load;

/// <summary>An HTTP client that writes down what became of each of its requests.</summary>
internal sealed class LoadClient(Uri address, RunClock clock, History history) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="kind">Names the request in the history.</param>
    /// <param name="expected">Statuses of a done request, other than 200 and 202.</param>
    public async Task<Reply> SendAsync(
        string kind, HttpMethod method, string path, string? token, object? body = null, string? key = null, HttpStatusCode[]? expected = null)
    {
        var sent = clock.Now;
        var reply = await TrySendAsync(method, path, token, body, key, expected ?? []);
        history.Add(new Attempt(kind, sent, clock.Now, reply.Outcome, reply.Outcome == Outcome.Done ? null : $"{path}: {reply.Failure ?? ((int?)reply.Status).ToString()}"));
        if (reply.Outcome == Outcome.Surprising)
            history.AddSurprise($"{clock.Now.TotalSeconds:F1} s: {method} {path} answered {(int?)reply.Status} {reply.Body?.ToJsonString()}");
        return reply;
    }

    public void Dispose() => _http.Dispose();

    async Task<Reply> TrySendAsync(HttpMethod method, string path, string? token, object? body, string? key, HttpStatusCode[] expected)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var answer = await _http.SendAsync(request, patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            var json = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null;
            return new Reply(Classify(answer.StatusCode, json, expected), answer.StatusCode, json);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Reply(Outcome.Lost, null, null, e.GetType().Name);
        }
    }

    static Outcome Classify(HttpStatusCode status, JsonNode? body, HttpStatusCode[] expected) => status switch
    {
        HttpStatusCode.OK or HttpStatusCode.Accepted => Outcome.Done,
        _ when expected.Contains(status) => Outcome.Done,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Outcome.Unavailable,
        HttpStatusCode.Conflict when ((string?)body?["type"])?.EndsWith(":request-in-progress", StringComparison.Ordinal) == true => Outcome.Unavailable,
        _ => Outcome.Surprising,
    };
}

/// <summary>What a request of the load got.</summary>
/// <param name="Status">Null if nothing came.</param>
/// <param name="Failure">Why nothing came.</param>
internal sealed record Reply(Outcome Outcome, HttpStatusCode? Status, JsonNode? Body, string? Failure = null)
{
    public string? Text(string member) => (string?)Body?[member];
}
