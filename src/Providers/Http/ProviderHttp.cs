using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crescent.Providers.Http;

/// <summary>The one way in which HTTP providers are called: bounded answers, JSON both ways, no redirects.</summary>
internal static class ProviderHttp
{
    /// <summary>A provider has a few words to say; more is an error.</summary>
    public const int MaxAnswerBytes = 64 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static Task<ProviderAnswer<T>> GetAsync<T>(HttpClient client, string path, CancellationToken ct) =>
        SendAsync<T>(client, new HttpRequestMessage(HttpMethod.Get, Relative(path)), ct);

    public static Task<ProviderAnswer<T>> PostAsync<T>(HttpClient client, string path, CancellationToken ct) =>
        SendAsync<T>(client, new HttpRequestMessage(HttpMethod.Post, Relative(path)), ct);

    public static Task<ProviderAnswer<T>> PutAsync<T>(HttpClient client, string path, string idempotencyKey, object body, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Relative(path)) { Content = JsonContent.Create(body, options: s_json) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return SendAsync<T>(client, request, ct);
    }

    /// <summary>An answer that the caller has no meaning for: the outcome is unknown.</summary>
    public static HttpRequestException Unexpected<T>(ProviderAnswer<T> answer) =>
        new($"The provider answered {(int)answer.Status}, which says nothing about the outcome.", null, answer.Status);

    private static async Task<ProviderAnswer<T>> SendAsync<T>(HttpClient client, HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        using (var response = await client.SendAsync(request, ct))
        {
            var isJson = response.StatusCode != HttpStatusCode.NoContent
                && response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
            var body = isJson ? await response.Content.ReadFromJsonAsync<T>(s_json, ct) : default;
            return new ProviderAnswer<T>(response.StatusCode, body);
        }
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}

internal readonly record struct ProviderAnswer<T>(HttpStatusCode Status, T? Body);
