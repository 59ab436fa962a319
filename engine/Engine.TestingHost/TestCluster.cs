using System.Collections.ObjectModel;
using Microsoft.Extensions.Configuration;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster inside the test process, with a client. Arguments and results of every call pass the serializer.</summary>
public class TestCluster : IAsyncDisposable
{
    private readonly SiloGroup _group;

    internal TestCluster(TestClusterOptions options)
    {
        Options = options;
        _group = new(options.ClusterId, options.ServiceId);
    }

    public TestClusterOptions Options { get; }

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
        await _group.StartAsync(Options.InitialSilosCount, static (_, _) => { }, (silo, _) =>
        {
            foreach (var configurator in Create<ISiloConfigurator>(Options.SiloBuilderConfiguratorTypes))
                configurator.Configure(silo);
        });
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    /// <summary>Starts the client, or a new one.</summary>
    public async Task InitializeClientAsync()
    {
        await _group.StopClientAsync();
        var configuration = new ConfigurationBuilder().Build();
        _group.StartClient(client =>
        {
            foreach (var configurator in Create<IClientBuilderConfigurator>(Options.ClientBuilderConfiguratorTypes))
                configurator.Configure(configuration, client);
        });
    }

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

    private static IEnumerable<TConfigurator> Create<TConfigurator>(IEnumerable<string> typeNames) =>
        typeNames.Select(name => (TConfigurator)Activator.CreateInstance(Type.GetType(name, throwOnError: true)!)!);
}
