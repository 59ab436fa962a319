using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

[Collection(nameof(SiloCluster))]
public sealed class PlacementTests(SiloCluster cluster)
{
    [Fact]
    public async Task Grains_OfManyKeys_AreOnAllSilos()
    {
        foreach (var silo in cluster.Silos)
            await cluster.NewGrainOnAsync(silo);
    }

    [Fact]
    public async Task Grain_CalledThroughAnySilo_IsTheSameActivation()
    {
        var grain = cluster.NewGrain();
        var activation = await grain.Activation().Soon();

        foreach (var silo in cluster.Silos)
            Assert.Equal(activation, await On(cluster, silo, grain).Activation().Soon());
    }

    [Fact]
    public async Task Grain_CalledFirstFromAllSilosAtOnce_HasOneActivation()
    {
        for (var i = 0; i < 20; i++)
        {
            var grain = cluster.NewGrain();

            var calls = cluster.Silos.SelectMany(silo => Enumerable.Range(0, 5).Select(_ => Task.Run(() => On(cluster, silo, grain).Activation())));
            var activations = await Task.WhenAll(calls).Soon();

            Assert.Single(activations.Distinct(StringComparer.Ordinal));
            Assert.Single(Trace.Of(grain.GetPrimaryKeyString()).Entries, "activated");
        }
    }

    [Fact]
    public async Task Grain_ThatWasActivatedAnew_IsFoundFromEverySilo()
    {
        var grain = cluster.NewGrain();
        foreach (var silo in cluster.Silos)
            await On(cluster, silo, grain).Activation().Soon();
        var first = await grain.Activation().Soon();
        await grain.Deactivate().Soon();
        await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("deactivated: " + DeactivationReasonCode.ApplicationRequested);

        var second = await On(cluster, cluster.Silos[2], grain).Activation().Soon();

        Assert.NotEqual(first, second);
        foreach (var silo in cluster.Silos)
            Assert.Equal(second, await On(cluster, silo, grain).Activation().Soon());
    }

    [Fact]
    public async Task GetHosts_HasAllSilos()
    {
        var hosts = await cluster.Management.GetHosts(onlyActive: true).Soon();

        Assert.Equal(cluster.Silos.Select(silo => silo.SiloAddress).Order(), hosts.Keys.Order());
        Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
    }

    [Fact]
    public async Task GetDetailedGrainStatistics_HasTheGrainsOfAllSilos()
    {
        var grains = await Task.WhenAll(cluster.Silos.Select(cluster.NewGrainOnAsync));

        var statistics = await cluster.Management.GetDetailedGrainStatistics().Soon();

        foreach (var (silo, grain) in cluster.Silos.Zip(grains))
            Assert.Equal(silo.SiloAddress, Assert.Single(statistics, statistic => statistic.GrainId == grain.GetGrainId()).SiloAddress);
    }

    [Fact]
    public async Task GetSimpleGrainStatistics_OfOneSilo_HasItsGrainsAlone()
    {
        var silo = cluster.Silos[1];
        await cluster.NewGrainOnAsync(silo);

        var statistics = await cluster.Management.GetSimpleGrainStatistics([silo.SiloAddress]).Soon();

        Assert.Contains(statistics, statistic => statistic.GrainType.Contains(nameof(RemoteGrain), StringComparison.Ordinal) && statistic.ActivationCount > 0);
        Assert.All(statistics, statistic => Assert.Equal(silo.SiloAddress, statistic.SiloAddress));
    }

    [Fact]
    public async Task GetActivationAddress_IsTheSiloOfTheGrain()
    {
        foreach (var silo in cluster.Silos)
            Assert.Equal(silo.SiloAddress, await cluster.Management.GetActivationAddress(await cluster.NewGrainOnAsync(silo)).AsTask().Soon());
    }

    private static IRemoteGrain On(SiloCluster cluster, TestingHost.SiloHandle silo, IRemoteGrain grain) =>
        cluster.From(silo).GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString());
}
