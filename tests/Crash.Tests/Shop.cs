using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Crash.Tests;

/// <summary>A shop that talks to the host over HTTP and, as every client should, asks again when it got no answer.</summary>
internal sealed class Shop(CrashHostProcess host) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(host.Url), Timeout = TimeSpan.FromSeconds(30) };

    public async Task<string> CreateProductAsync(string name, decimal price, int stock)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/products", new { name, price, currency = "USD", stock });
        answer.EnsureSuccessStatusCode();
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    public async Task<string> CreateUserAsync(string email, string name)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/users", new { email, name });
        answer.EnsureSuccessStatusCode();
        return (await ReadAsync(answer)).GetProperty("id").GetString()!;
    }

    /// <summary>Places an order; null if the host died before it answered.</summary>
    public async Task<JsonElement?> TryOrderAsync(string key, object body, int waitSeconds)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Post, "/api/v1/orders", body, key, waitSeconds);
            var content = await ReadAsync(answer);
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {content}");
            return content;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        var content = await ReadAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {content}");
        return content;
    }

    public void Dispose() => _http.Dispose();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? key = null, int? waitSeconds = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.AdminToken);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (waitSeconds is not null)
            request.Headers.Add("Prefer", $"wait={waitSeconds}");
        return _http.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
