using System.Collections.ObjectModel;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster inside the test process, with a client; they talk over sockets. Arguments and results of every call pass the serializer.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly SiloGroup _group;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _group = new(options.ClusterId, options.ServiceId)
        {
            ConfigureHost = (host, name) => options.SiloHostConfigurationDelegates.ForEach(configure => configure(new() { SiloName = name }, host)),
            ConfigureSilo = (silo, name) => options.SiloConfigurationDelegates.ForEach(configure => configure(new() { SiloName = name }, silo)),
            ConfigureClient = client => options.ClientConfigurationDelegates.ForEach(configure => configure(client)),
        };
    }

    public InProcessTestClusterOptions Options { get; }

    internal SiloFaults Faults => _group.Faults;

    public IClusterClient Client => _group.Client;

    public ReadOnlyCollection<InProcessSiloHandle> Silos => _group.Silos;

    /// <summary>Starts the silos, then the client.</summary>
    public async Task DeployAsync()
    {
        await _group.StartAsync(Options.InitialSilosCount);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    /// <summary>Starts the client, or a new one.</summary>
    public Task InitializeClientAsync() => _group.StartClientAsync();

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _group.StartSiloAsync();

    /// <summary>Stops a silo and lets its grains finish.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => _group.StopSiloAsync(instance);

    /// <summary>Ends a silo as the death of its process would.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => _group.StopSiloAsync(instance, stopGracefully: false);

    /// <summary>Starts a silo in place of one, which is stopped if it still runs.</summary>
    public Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance) => _group.RestartSiloAsync(instance);

    /// <summary>Waits until all silos know who of them is there.</summary>
    /// <param name="didKill">Has no effect: it waits for what is so, however long it takes.</param>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _group.WhenAllAgreeAsync();

    /// <summary>The services of a silo; of the first one without an address.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _group.ServicesOf(silo);

    /// <summary>Stops the client, then the silos, and lets their grains finish.</summary>
    public async Task StopAllSilosAsync() => await _group.DisposeAsync();

    public async ValueTask DisposeAsync() => await StopAllSilosAsync();
}
