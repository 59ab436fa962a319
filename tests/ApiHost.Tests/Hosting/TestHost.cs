using System.Net.Http.Headers;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>The real host inside this process: Kestrel on a free loopback port, SQLite in a folder of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    readonly WebApplication _app;
    TempFolder? _owned;

    TestHost(WebApplication app, string folder, string firstScreen)
    {
        _app = app;
        Folder = folder;
        FirstScreen = firstScreen;
        BaseAddress = new Uri(app.Urls.First());
    }

    public string Folder { get; }

    public string FirstScreen { get; }

    public Uri BaseAddress { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<TestHost> StartAsync(params string[] settings)
    {
        var folder = new TempFolder();
        var host = await StartOnAsync(folder.Path, null, settings);
        host._owned = folder;
        return host;
    }

    /// <summary>Starts on a folder that outlives the host.</summary>
    public static async Task<TestHost> StartOnAsync(string folder, Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var app = CrescentHost.Build(
            [$"--environment=Development", "--urls=http://127.0.0.1:0", $"--Crescent:DataFolder={folder}", "--Crescent:RateLimits:Requests=0", .. settings],
            configure);
        try
        {
            var screen = new StringWriter();
            await CrescentHost.StartAsync(app, screen);
            return new TestHost(app, folder, screen.ToString());
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that calls as this subject, or as nobody.</summary>
    internal ApiClient As(string? subject, string role = Roles.Customer)
    {
        var http = new HttpClient { BaseAddress = BaseAddress };
        if (subject is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(subject, role));
        return new ApiClient(http);
    }

    internal ApiClient AsAdmin() => As(Clients.Admin, Roles.Admin);

    internal string Token(string subject, string role) => Services.GetRequiredService<TokenIssuer>().Issue(subject, role, TimeSpan.FromHours(1));

    /// <summary>Stops the host and keeps its folder, for another host to start on.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _owned?.Dispose();
    }
}
