using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Engine;

/// <summary>A silo in this process, through the public API alone: the same code measures Microsoft Orleans.</summary>
internal sealed class MeasuredSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private MeasuredSilo(IHost host) => _host = host;

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<MeasuredSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new MeasuredSilo(host);
    }

    /// <summary>How often a second, if <paramref name="work"/> does something <paramref name="count"/> times.</summary>
    public static async Task<double> RateOf(int count, Func<Task> work)
    {
        var begin = Stopwatch.GetTimestamp();
        await work();
        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
