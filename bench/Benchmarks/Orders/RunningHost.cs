using Benchmarks.EventStore;
using Crescent.ApiHost.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Orders;

/// <summary>The real embedded host over a folder of its own; its grains are called past HTTP.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly BenchFolder _folder;
    private readonly WebApplication _app;

    private RunningHost(BenchFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<RunningHost> StartAsync(params string[] settings)
    {
        var folder = new BenchFolder();
        var app = CrescentHost.Build(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Crescent:DataFolder", folder.Path, "--Crescent:DemoData", "false", .. settings]);
        await CrescentHost.StartAsync(app, TextWriter.Null);
        return new RunningHost(folder, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
