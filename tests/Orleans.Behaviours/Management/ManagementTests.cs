using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviours.Activations;
using Orleans.Behaviours.Support;
using Orleans.TestingHost;

namespace Orleans.Behaviours.Management;

/// <summary>A cluster of its own: these tests count and collect what is active.</summary>
public sealed class ManagementCluster : IAsyncLifetime
{
    private readonly TestCluster _cluster;

    public ManagementCluster()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<Configuration>();
        _cluster = builder.Build();
    }

    public IClusterClient Client => _cluster.Client;

    public SiloAddress Silo => _cluster.Primary!.SiloAddress;

    public IManagementGrain Management => Client.GetGrain<IManagementGrain>(0);

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    private sealed class Configuration : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Services.AddSingleton<InjectedService>();
    }
}

public sealed class ManagementTests(ManagementCluster cluster) : IClassFixture<ManagementCluster>
{
    private IManagementGrain Management => cluster.Management;

    [Fact]
    public async Task GetHosts_OfOneSilo_SaysThatItIsActive()
    {
        var hosts = await Management.GetHosts(onlyActive: true);

        Assert.Equal(SiloStatus.Active, Assert.Single(hosts).Value);
        Assert.Equal(cluster.Silo, hosts.Keys.Single());
    }

    [Fact]
    public async Task GetSimpleGrainStatistics_CountsTheActivationsOfEachClass()
    {
        await Activate();
        await Activate();

        var ofClass = Assert.Single(await Management.GetSimpleGrainStatistics(), IsOfActivationGrain);
        var ofSilo = Assert.Single(await Management.GetSimpleGrainStatistics([cluster.Silo]), IsOfActivationGrain);

        Assert.True(ofClass.ActivationCount >= 2);
        Assert.Equal(ofClass.GrainType, ofSilo.GrainType);
        Assert.Equal(cluster.Silo, ofClass.SiloAddress);

        static bool IsOfActivationGrain(SimpleGrainStatistic statistic) => IsNameOf<ActivationGrain>(statistic.GrainType);
    }

    [Fact]
    public async Task GetDetailedGrainStatistics_ListsTheActivations()
    {
        var grain = await Activate();

        var statistic = Assert.Single(await Management.GetDetailedGrainStatistics(), statistic => statistic.GrainId == grain.GetGrainId());

        Assert.True(IsNameOf<ActivationGrain>(statistic.GrainType), statistic.GrainType);
        Assert.Equal(cluster.Silo, statistic.SiloAddress);
    }

    [Fact]
    public async Task GetDetailedGrainStatistics_OfNamedClasses_LeavesTheOthersOut()
    {
        var grain = await Activate();
        var named = (await Management.GetDetailedGrainStatistics()).Single(statistic => statistic.GrainId == grain.GetGrainId()).GrainType;

        var statistics = await Management.GetDetailedGrainStatistics([named]);

        Assert.Contains(statistics, statistic => statistic.GrainId == grain.GetGrainId());
        Assert.All(statistics, statistic => Assert.Equal(named, statistic.GrainType));
    }

    [Fact]
    public async Task GetTotalActivationCount_CountsAtLeastWhatIsListed()
    {
        await Activate();

        Assert.InRange(await Management.GetTotalActivationCount(), 2, 1000);
    }

    [Fact]
    public async Task GetActiveGrains_OfAType_AreTheIdsOfItsActivations()
    {
        var grain = await Activate();

        Assert.Contains(grain.GetGrainId(), await Management.GetActiveGrains(grain.GetGrainId().Type));
    }

    [Fact]
    public async Task GetActivationAddress_OfAnActiveGrain_IsItsSilo()
    {
        var grain = await Activate();

        Assert.Equal(cluster.Silo, await Management.GetActivationAddress(grain));
        Assert.Equal(1, await Management.GetGrainActivationCount((GrainReference)grain));
    }

    [Fact]
    public async Task GetActivationAddress_OfAGrainThatIsNotActive_IsNull()
    {
        var grain = NewGrain();

        Assert.Null(await Management.GetActivationAddress(grain));
        Assert.Equal(0, await Management.GetGrainActivationCount((GrainReference)grain));
    }

    [Fact]
    public async Task ForceActivationCollection_EndsWhatIsIdle()
    {
        var grain = await Activate();

        await Management.ForceActivationCollection(TimeSpan.Zero);

        await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("deactivating: ActivationIdle");
        Assert.Null(await Management.GetActivationAddress(grain));
    }

    [Fact]
    public async Task ForceActivationCollection_WithAnAge_LeavesWhatWasUsedSince()
    {
        var grain = await Activate();

        await Management.ForceActivationCollection([cluster.Silo], TimeSpan.FromHours(1));

        Assert.DoesNotContain("deactivating: ActivationIdle", Trace.Of(grain.GetPrimaryKeyString()).Entries);
    }

    private static bool IsNameOf<T>(string grainType) => grainType == $"{typeof(T).FullName},{typeof(T).Assembly.GetName().Name}";

    private IActivationGrain NewGrain() => cluster.Client.GetGrain<IActivationGrain>(Cluster.NewKey(), typeof(ActivationGrain).FullName);

    private async Task<IActivationGrain> Activate()
    {
        var grain = NewGrain();
        await grain.Activation();
        return grain;
    }
}
