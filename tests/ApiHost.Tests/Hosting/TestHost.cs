using Crescent.ApiHost.Composition;
using Crescent.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>The real host inside this process: Kestrel on a free loopback port, SQLite in a folder of its own.</summary>
public sealed class TestHost : RunningCrescent
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

    public override Uri BaseAddress { get; }

    public override Secrets Secrets => _app.Services.GetRequiredService<Secrets>();

    public override string PaymentsFile => Path.Combine(Folder, "payments.db");

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

    /// <summary>Stops the host and keeps its folder, for another host to start on.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        _owned?.Dispose();
    }
}
