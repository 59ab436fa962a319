using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

/// <summary>A client whose gateways come and go.</summary>
[Collection(nameof(SiloCluster))]
public sealed class GatewayTests
{
    [Fact]
    public async Task Client_WhoseGatewayWasKilled_GoesOnThroughTheOthers()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var grains = Enumerable.Range(0, 30).Select(_ => cluster.NewGrain()).ToArray();
        foreach (var grain in grains)
            await grain.Save("kept").Soon();

        await cluster.KillSiloAsync(cluster.Silos[2]);

        foreach (var grain in grains)
            Assert.Equal("kept", await SiloCluster.SucceedAsync(grain.Saved));
    }

    [Fact]
    public async Task Client_WhoseGatewayWasStopped_GoesOnThroughTheOthers()
    {
        await using var cluster = await SiloCluster.DeployAsync(2);
        var grains = Enumerable.Range(0, 30).Select(_ => cluster.NewGrain()).ToArray();
        foreach (var grain in grains)
            await grain.Save("kept").Soon();

        await cluster.StopSiloAsync(cluster.Silos[1]);

        foreach (var grain in grains)
            Assert.Equal("kept", await SiloCluster.SucceedAsync(grain.Saved));
    }

    [Fact]
    public async Task Client_WhoseGatewayWasStartedAgain_GoesOn()
    {
        await using var cluster = await SiloCluster.DeployAsync(2);
        var killed = cluster.Silos[1];
        var grain = await cluster.NewGrainOnAsync(killed);
        await cluster.KillSiloAsync(killed);

        var restarted = await cluster.RestartSiloAsync(killed);

        Assert.NotEqual(killed.SiloAddress, await SiloCluster.SucceedAsync(grain.Silo));
        await cluster.NewGrainOnAsync(restarted);
    }
}
