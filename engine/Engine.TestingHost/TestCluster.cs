using System.Collections.ObjectModel;
using Microsoft.Extensions.Configuration;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster inside the test process, with a client; they talk over sockets. Arguments and results of every call pass the serializer.</summary>
public class TestCluster : IAsyncDisposable
{
    private readonly SiloGroup _group;

    internal TestCluster(TestClusterOptions options)
    {
        Options = options;
        var configuration = new ConfigurationBuilder().Build();
        _group = new(options.ClusterId, options.ServiceId)
        {
            ConfigureHost = static (_, _) => { },
            ConfigureSilo = (silo, _) =>
            {
                foreach (var configurator in Create<ISiloConfigurator>(options.SiloBuilderConfiguratorTypes))
                    configurator.Configure(silo);
            },
            ConfigureClient = client =>
            {
                foreach (var configurator in Create<IClientBuilderConfigurator>(options.ClientBuilderConfiguratorTypes))
                    configurator.Configure(configuration, client);
            },
        };
    }

    public TestClusterOptions Options { get; }

    internal SiloFaults Faults => _group.Faults;

    public IClusterClient Client => _group.Client;

    public IGrainFactory GrainFactory => _group.Client;

    /// <summary>The client's services.</summary>
    public IServiceProvider ServiceProvider => _group.Client.ServiceProvider;

    /// <summary>The first silo.</summary>
    public SiloHandle? Primary => _group.Silos.Count > 0 ? _group.Silos[0] : null;

    public IReadOnlyList<SiloHandle> SecondarySilos => [.. _group.Silos.Skip(1)];

    public ReadOnlyCollection<SiloHandle> Silos => new([.. _group.Silos]);

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
    /// <param name="startAdditionalSiloOnNewPort">Has no effect: every silo has ports of its own.</param>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) => await _group.StartSiloAsync();

    /// <summary>Stops a silo and lets its grains finish.</summary>
    public Task StopSiloAsync(SiloHandle? instance) => _group.StopSiloAsync(Own(instance));

    /// <summary>Ends a silo as the death of its process would.</summary>
    public Task KillSiloAsync(SiloHandle? instance) => _group.StopSiloAsync(Own(instance), stopGracefully: false);

    /// <summary>Starts a silo in place of one, which is stopped if it still runs.</summary>
    public async Task<SiloHandle?> RestartSiloAsync(SiloHandle? instance) => instance is null ? null : await _group.RestartSiloAsync(Own(instance));

    /// <summary>Waits until all silos know who of them is there.</summary>
    /// <param name="didKill">Has no effect: it waits for what is so, however long it takes.</param>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _group.WhenAllAgreeAsync();

    /// <summary>The services of a silo; of the first one without an address.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _group.ServicesOf(silo);

    /// <summary>Stops the client, then the silos, and lets their grains finish.</summary>
    public async Task StopAllSilosAsync() => await _group.DisposeAsync();

    public Task StopClusterClientAsync() => _group.StopClientAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync();
        GC.SuppressFinalize(this);
    }

    private static InProcessSiloHandle Own(SiloHandle? instance) =>
        instance as InProcessSiloHandle ?? throw new ArgumentException($"'{instance}' is no silo of this cluster.", nameof(instance));

    private static IEnumerable<TConfigurator> Create<TConfigurator>(IEnumerable<string> typeNames) =>
        typeNames.Select(name => (TConfigurator)Activator.CreateInstance(Type.GetType(name, throwOnError: true)!)!);
}
