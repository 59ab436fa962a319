using Orleans.Behaviours.Support;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(Cluster))]

namespace Orleans.Behaviours.Support;

/// <summary>The one cluster that all tests share; each test has grains of its own.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly TestCluster _cluster;

    public Cluster()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<SiloConfiguration>();
        builder.AddSiloBuilderConfigurator<RecordedStart>();
        builder.AddClientBuilderConfigurator<ClientConfiguration>();
        _cluster = builder.Build();
    }

    public IClusterClient Client => _cluster.Client;

    public IServiceProvider SiloServices => _cluster.GetSiloServiceProvider();

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    /// <summary>A grain that no other test knows.</summary>
    public T NewGrain<T>() where T : IGrainWithStringKey => Client.GetGrain<T>(NewKey());

    public static string NewKey() => Guid.CreateVersion7().ToString("N");
}
