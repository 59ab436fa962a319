using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IAsyncDisposable
{
    public string Name { get; set; } = "";

    /// <summary>Counts from 0; a restarted silo has a new one.</summary>
    public short InstanceNumber { get; set; }

    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Whether it has been started and not yet stopped.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops it, with or without letting its grains finish.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Lets its grains finish until the token is cancelled, then ends it.</summary>
    public abstract Task StopSiloAsync(CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    public override string ToString() => $"{Name} {SiloAddress}";
}

/// <summary>A silo inside the test process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool _stopped;

    public IHost SiloHost { get; init; } = null!;

    /// <summary>Where it listens for silos and for clients.</summary>
    internal int[] Ports { get; init; } = [];

    /// <summary>The silo's services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    public override bool IsActive => !_stopped;

    public override Task StopSiloAsync(bool stopGracefully) => stopGracefully ? StopSiloAsync(CancellationToken.None) : KillAsync();

    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (_stopped)
            return;
        _stopped = true;
        try
        {
            await SiloHost.StopAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It was told not to wait any longer.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        if (SiloHost is IAsyncDisposable host)
            await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>As if its process had died: it says no goodbye, writes nothing, and whoever is connected finds the connection broken.</summary>
    private async Task KillAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await ServiceProvider.GetRequiredService<Silo>().KillAsync();

        // What else runs in its host is told to end at once.
        foreach (var service in ServiceProvider.GetServices<IHostedService>().Where(service => service is not Silo))
            await service.StopAsync(new(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
