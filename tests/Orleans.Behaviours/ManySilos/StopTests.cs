using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

/// <summary>Silos that come, and that leave with a goodbye.</summary>
[Collection(nameof(SiloCluster))]
public sealed class StopTests
{
    [Fact]
    public async Task Stop_OfASilo_DeactivatesItsGrainsBecauseOfTheShutdown()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var grain = await cluster.NewGrainOnAsync(cluster.Silos[2]);

        await cluster.StopSiloAsync(cluster.Silos[2]);

        Assert.Equal("deactivated: " + DeactivationReasonCode.ShuttingDown, Trace.Of(grain.GetPrimaryKeyString()).Entries[^1]);
    }

    [Fact]
    public async Task Stop_OfASilo_WaitsForItsCalls()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var (near, far) = await cluster.NewPairAsync();
        var gate = Gate.New();
        var call = near.HoldAt(far, gate.Name, CancellationToken.None);
        await gate.Reached.Soon();

        var stop = cluster.StopSiloAsync(cluster.Silos[2]);
        Assert.False(stop.IsCompleted);
        gate.Open();

        await call.Soon();
        await stop.Soon();
        Assert.Equal(["activated", "held", "deactivated: " + DeactivationReasonCode.ShuttingDown], Trace.Of(far.GetPrimaryKeyString()).Entries);
    }

    [Fact]
    public async Task NextCall_AfterTheStopOfTheGrainsSilo_ActivatesItElsewhere()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var stopped = cluster.Silos[2];
        var grain = await cluster.NewGrainOnAsync(stopped);
        await grain.Save("kept").Soon();

        await cluster.StopSiloAsync(stopped);

        Assert.Equal("kept", await SiloCluster.SucceedAsync(grain.Saved));
        Assert.NotEqual(stopped.SiloAddress, await grain.Silo().Soon());
    }

    [Fact]
    public async Task Calls_BetweenTheOtherSilos_GoOnWhileOneStops()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var grain = await cluster.NewGrainOnAsync(cluster.Silos[1]);
        var caller = cluster.From(cluster.Silos[0]).GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString());
        var activation = await caller.Activation().Soon();
        var stop = cluster.StopSiloAsync(cluster.Silos[2]);

        while (!stop.IsCompleted)
            Assert.NotNull(await caller.Activation().Soon());

        await stop;
        Assert.Equal(activation, await caller.Activation().Soon());
    }

    [Fact]
    public async Task NewSilo_TakesItsShareOfNewGrains()
    {
        await using var cluster = await SiloCluster.DeployAsync(2);

        var silo = await cluster.StartSiloAsync();

        await cluster.WhenAllSeeAsync(3);
        var grain = await cluster.NewGrainOnAsync(silo);
        Assert.Equal(silo.SiloAddress, await cluster.From(cluster.Silos[0]).GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString()).Silo().Soon());
    }

    [Fact]
    public async Task Grains_AfterASiloJoined_HaveOneActivationEach()
    {
        await using var cluster = await SiloCluster.DeployAsync(2);
        var grains = Enumerable.Range(0, 30).Select(_ => cluster.NewGrain()).ToArray();
        foreach (var grain in grains)
            await grain.Save("kept").Soon();

        await cluster.StartSiloAsync();

        await cluster.WhenAllSeeAsync(3);
        foreach (var grain in grains)
        {
            var activations = await Task.WhenAll(cluster.Silos.Select(silo => SiloCluster.SucceedAsync(cluster.From(silo).GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString()).Activation))).Soon();
            Assert.Single(activations.Distinct(StringComparer.Ordinal));
            Assert.Equal("kept", await grain.Saved().Soon());
        }
    }
}
