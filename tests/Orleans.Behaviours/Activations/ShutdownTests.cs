using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviours.Journaled;
using Orleans.Behaviours.Support;
using Orleans.TestingHost;

namespace Orleans.Behaviours.Activations;

/// <summary>What the end of a silo does, on clusters of these tests' own.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Stop_OfTheSilo_DeactivatesItsGrains()
    {
        await using var cluster = await DeployAsync();
        var key = Cluster.NewKey();
        await cluster.Client.GetGrain<IActivationGrain>(key, typeof(ActivationGrain).FullName).Activation().Soon();

        await cluster.StopAllSilosAsync().Soon();

        Assert.Equal("deactivated", Trace.Of(key).Entries[^1]);
    }

    [Fact]
    public async Task Stop_OfTheSilo_StoresWhatItsGrainsHaveRaised()
    {
        await using var cluster = await DeployAsync();
        var key = Cluster.NewKey();
        await cluster.Client.GetGrain<ICounterGrain>(key).AddAndLook(5).Soon();

        await cluster.StopAllSilosAsync().Soon();

        Assert.Equal([new CounterEvent.Added(5)], EventStores.Of(key).Events);
    }

    private static async Task<TestCluster> DeployAsync()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<Configuration>();
        var cluster = builder.Build();
        await cluster.DeployAsync().Soon();
        return cluster;
    }

    private sealed class Configuration : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddCustomStorageBasedLogConsistencyProvider(EventStores.Provider);
            siloBuilder.Services.AddSingleton<InjectedService>();
        }
    }
}
