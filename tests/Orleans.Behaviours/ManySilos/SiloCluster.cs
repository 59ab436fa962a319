using Crescent.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviours.Support;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace Orleans.Behaviours.ManySilos;

/// <summary>Several silos that notice quickly when one of them is gone, and a client.</summary>
public class SiloCluster : IAsyncLifetime
{
    /// <summary>How long calls of the client are waited for.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(6);

    private readonly TestCluster _cluster;

    public SiloCluster()
        : this(3)
    {
    }

    protected SiloCluster(short silos, Action<TestClusterBuilder>? configure = null)
    {
        var builder = new TestClusterBuilder(silos);
        builder.AddSiloBuilderConfigurator<SiloConfiguration>();
        builder.AddSiloBuilderConfigurator<QuickMembership>();
        builder.AddClientBuilderConfigurator<ClientConfiguration>();
        builder.AddClientBuilderConfigurator<ImpatientClient>();
        configure?.Invoke(builder);
        _cluster = builder.Build();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IClusterClient Client => _cluster.Client;

    public IReadOnlyList<SiloHandle> Silos => _cluster.Silos;

    public IManagementGrain Management => Client.GetGrain<IManagementGrain>(0);

    /// <summary>A cluster of a test's own, for one that ends silos.</summary>
    public static async Task<SiloCluster> DeployAsync(short silos)
    {
        var cluster = new SiloCluster(silos);
        await cluster.InitializeAsync();
        return cluster;
    }

    public async ValueTask InitializeAsync()
    {
        await _cluster.DeployAsync().Soon();
        await WhenAllSeeAsync(Silos.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Calls grains from inside a silo.</summary>
    public IGrainFactory From(SiloHandle silo) => _cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<IGrainFactory>();

    public IServiceProvider ServicesOf(SiloHandle silo) => _cluster.GetSiloServiceProvider(silo.SiloAddress);

    /// <summary>A grain that no other test knows.</summary>
    public IRemoteGrain NewGrain() => Client.GetGrain<IRemoteGrain>(Cluster.NewKey());

    /// <summary>Such a grain that is active on a silo. It may take a while: some engines fill one silo before they turn to another.</summary>
    public Task<IRemoteGrain> NewGrainOnAsync(SiloHandle silo) => NewGrainOnAsync(silo, Client.GetGrain<IRemoteGrain>, static grain => grain.Silo());

    /// <summary>The same for any kind of grain.</summary>
    public async Task<T> NewGrainOnAsync<T>(SiloHandle silo, Func<string, string?, T> get, Func<T, Task> activate) where T : IAddressable
    {
        var (grain, _) = await Eventually.GetAsync(async () =>
        {
            var grain = get(Cluster.NewKey(), null);
            await activate(grain).Soon();
            return (Grain: grain, Silo: await Management.GetActivationAddress(grain).AsTask().Soon());
        }, placed => silo.SiloAddress.Equals(placed.Silo), Ct);
        return grain;
    }

    /// <summary>Two grains on different silos, neither on the first one.</summary>
    public async Task<(IRemoteGrain Near, IRemoteGrain Far)> NewPairAsync() => (await NewGrainOnAsync(Silos[1]), await NewGrainOnAsync(Silos[2]));

    public Task<SiloHandle> StartSiloAsync() => _cluster.StartAdditionalSiloAsync().Soon();

    /// <summary>Lets its grains finish.</summary>
    public Task StopSiloAsync(SiloHandle silo) => _cluster.StopSiloAsync(silo).Soon();

    public Task KillSiloAsync(SiloHandle silo) => _cluster.KillSiloAsync(silo).Soon();

    public async Task<SiloHandle> RestartSiloAsync(SiloHandle silo) => (await _cluster.RestartSiloAsync(silo).Soon())!;

    /// <summary>Waits until every silo has so many active ones in its view.</summary>
    public Task WhenAllSeeAsync(int count) => Eventually.TrueAsync(async () =>
    {
        foreach (var silo in Silos.ToArray())
        {
            var hosts = await From(silo).GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
            if (hosts.Count != count || ServicesOf(silo).GetRequiredService<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true).Count != count)
                return false;
        }

        return true;
    }, Ct);

    /// <summary>What a call answers when it succeeds at last: while silos come and go, calls may fail.</summary>
    public static async Task<T> SucceedAsync<T>(Func<Task<T>> call)
    {
        var answer = await Eventually.GetAsync(async () =>
        {
            try
            {
                return (Value: await call(), Failure: (Exception?)null);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                return (Value: default(T)!, Failure: exception);
            }
        }, answer => answer.Failure is null, Ct);
        return answer.Value;
    }

    private sealed class QuickMembership : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.AddActivityPropagation();
            siloBuilder.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
                options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(1);
            });
        }
    }

    private sealed class ImpatientClient : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) =>
            clientBuilder.AddActivityPropagation()
                .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout)
                .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
    }
}

/// <summary>One cluster for all tests that leave its silos alone; those with clusters of their own run beside no others either.</summary>
[CollectionDefinition(nameof(SiloCluster))]
public sealed class SiloClusterCollection : ICollectionFixture<SiloCluster>;
