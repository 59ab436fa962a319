using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Engine.Tests.TestingHost;

/// <summary>Three silos whose messages can be disturbed.</summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private FaultCluster(InProcessTestCluster cluster) => _cluster = cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    public SiloFaults Faults => _cluster.Faults;

    /// <param name="silos">How many.</param>
    /// <param name="responseTimeout">How long silos wait for one another's answers.</param>
    public static async Task<FaultCluster> DeployAsync(short silos, TimeSpan responseTimeout)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = responseTimeout);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(400);
                options.NumMissedProbesLimit = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    public static IGrainFactory From(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IGrainFactory>();

    public static ClusterView ViewOf(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<IClusterViews>().Current;

    /// <summary>A new key of a grain that is on a silo.</summary>
    public async Task<string> NewKeyOnAsync(InProcessSiloHandle silo)
    {
        while (true)
        {
            var key = Guid.CreateVersion7().ToString("N");
            if (await From(Silos[0]).GetGrain<IPlacedGrain>(key).Silo().WaitAsync(Ct) == silo.SiloAddress.ToParsableString())
                return key;
        }
    }

    /// <summary>Calls the grain of a key from a grain of another silo.</summary>
    public static async Task<int> CountFromAsync(InProcessSiloHandle silo, string key) =>
        await From(silo).GetGrain<IPlacedGrain>(key).Count().WaitAsync(TimeSpan.FromSeconds(30), Ct);

    public static Task WhenAsync(Func<bool> condition) => Eventually.TrueAsync(() => Task.FromResult(condition()), Ct);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
