using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

public sealed class ManagementTests
{
    [Fact]
    public async Task ManagementGrain_SeveralSilos_AsksAllOfThem()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);
        foreach (var silo in cluster.Silos)
        {
            await client.GetGrain<IRoamer>(cluster.KeyOn(silo)).Nothing();
        }

        var management = client.GetGrain<IManagementGrain>(0);

        Assert.Equal(cluster.Silos.Select(silo => silo.Address).ToHashSet(), (await management.GetHosts(onlyActive: true)).Keys.ToHashSet());
        Assert.Equal(3, (await management.GetDetailedHosts()).Length);
        Assert.Equal(3, (await management.GetSimpleGrainStatistics()).Where(statistic => statistic.GrainType.Contains(nameof(Roamer), StringComparison.Ordinal)).Sum(statistic => statistic.ActivationCount));
        Assert.Equal(3, (await management.GetActiveGrains(GrainType.Create("roamer"))).Count);
        Assert.Equal(4, await management.GetTotalActivationCount());
        foreach (var silo in cluster.Silos)
        {
            var grain = client.GetGrain<IRoamer>(cluster.KeyOn(silo));
            Assert.Equal(silo.Address, await management.GetActivationAddress(grain));
            Assert.Contains(await management.GetDetailedGrainStatistics(), statistic => statistic.GrainId == grain.GetGrainId() && statistic.SiloAddress.Equals(silo.Address));
        }

        Assert.Null(await management.GetActivationAddress(client.GetGrain<IRoamer>("never called")));
    }
}
