using System.Collections.ObjectModel;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster inside the test process, with a client. Arguments and results of every call pass the serializer.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly SiloGroup _group;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _group = new(options.ClusterId, options.ServiceId);
    }

    public InProcessTestClusterOptions Options { get; }

    public IClusterClient Client => _group.Client;

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _group.Silos;

    /// <summary>Starts the silos, then the client.</summary>
    public async Task DeployAsync()
    {
        await _group.StartAsync(
            Options.InitialSilosCount,
            (host, name) => Options.SiloHostConfigurationDelegates.ForEach(configure => configure(new() { SiloName = name }, host)),
            (silo, name) => Options.SiloConfigurationDelegates.ForEach(configure => configure(new() { SiloName = name }, silo)));
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    /// <summary>Starts the client, or a new one.</summary>
    public async Task InitializeClientAsync()
    {
        await _group.StopClientAsync();
        _group.StartClient(client => Options.ClientConfigurationDelegates.ForEach(configure => configure(client)));
    }

    /// <summary>The services of a silo; of the first one without an address.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _group.ServicesOf(silo);

    /// <summary>Stops the client, then the silos, and lets their grains finish.</summary>
    public async Task StopAllSilosAsync() => await _group.DisposeAsync();

    public async ValueTask DisposeAsync() => await StopAllSilosAsync();
}
