using Crescent.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Engine.Tests.TestingHost;

/// <summary>What a disturbed network between silos does to calls and to membership.</summary>
public sealed class FaultTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_ThatIsLost_TimesOutAndIsNotCarriedOut()
    {
        await using var cluster = await FaultCluster.DeployAsync(2, s_soon);
        var key = await cluster.NewKeyOnAsync(cluster.Silos[1]);
        cluster.Faults.Drop(cluster.Silos[0].SiloAddress, cluster.Silos[1].SiloAddress, FrameKind.Request, frames: 1);

        await Assert.ThrowsAsync<TimeoutException>(() => FaultCluster.CountFromAsync(cluster.Silos[0], key));

        Assert.Equal(0, PlacedGrain.CountOf(key));
        Assert.Equal(1, await FaultCluster.CountFromAsync(cluster.Silos[0], key));
    }

    [Fact]
    public async Task Answer_ThatIsLost_TimesOutThoughTheCallWasCarriedOut()
    {
        await using var cluster = await FaultCluster.DeployAsync(2, s_soon);
        var key = await cluster.NewKeyOnAsync(cluster.Silos[1]);
        cluster.Faults.Drop(cluster.Silos[1].SiloAddress, cluster.Silos[0].SiloAddress, FrameKind.Response, frames: 1);

        await Assert.ThrowsAsync<TimeoutException>(() => FaultCluster.CountFromAsync(cluster.Silos[0], key));

        Assert.Equal(1, PlacedGrain.CountOf(key));
        Assert.Equal(2, await FaultCluster.CountFromAsync(cluster.Silos[0], key));
    }

    [Fact]
    public async Task Answer_ThatIsLate_IsNotTakenForThatOfAnotherCall()
    {
        await using var cluster = await FaultCluster.DeployAsync(2, s_soon);
        var key = await cluster.NewKeyOnAsync(cluster.Silos[1]);
        cluster.Faults.Delay(cluster.Silos[1].SiloAddress, cluster.Silos[0].SiloAddress, FrameKind.Response, 1.5 * s_soon, frames: 1);
        await Assert.ThrowsAsync<TimeoutException>(() => FaultCluster.CountFromAsync(cluster.Silos[0], key));

        for (var i = 2; i < 500; i++)
            Assert.Equal(i, await FaultCluster.CountFromAsync(cluster.Silos[0], key));
    }

    [Fact]
    public async Task Answer_ThatComesTwice_IsTakenOnce()
    {
        await using var cluster = await FaultCluster.DeployAsync(2, s_long);
        var key = await cluster.NewKeyOnAsync(cluster.Silos[1]);
        cluster.Faults.Double(cluster.Silos[1].SiloAddress, cluster.Silos[0].SiloAddress, FrameKind.Response);

        for (var i = 1; i < 200; i++)
            Assert.Equal(i, await FaultCluster.CountFromAsync(cluster.Silos[0], key));

        Assert.True(cluster.Faults.Hits >= 199);
    }

    [Fact]
    public async Task Connection_CutBetweenTwoOfThreeSilos_LetsNobodyDieAndHeals()
    {
        await using var cluster = await FaultCluster.DeployAsync(3, s_long);
        var key = await cluster.NewKeyOnAsync(cluster.Silos[2]);
        cluster.Faults.Cut(cluster.Silos[1].SiloAddress, cluster.Silos[2].SiloAddress);

        // It waits until there is a way again, unless it is lost together with the connection.
        var cutOff = Record.ExceptionAsync(() => FaultCluster.CountFromAsync(cluster.Silos[1], key));
        Assert.Equal(1, await FaultCluster.CountFromAsync(cluster.Silos[0], key));
        cluster.Faults.Heal();
        Assert.True(await cutOff is null or SiloUnavailableException);
        var count = await Eventually.GetAsync(async () => await Record.ExceptionAsync(() => FaultCluster.CountFromAsync(cluster.Silos[1], key)), failure => failure is null, Ct);
        Assert.Null(count);
        Assert.All(cluster.Silos, silo => Assert.Equal(3, FaultCluster.ViewOf(silo).Active.Length));
    }

    [Fact]
    public async Task Silo_CutFromAllOthers_IsDeclaredDeadAndEnds()
    {
        await using var cluster = await FaultCluster.DeployAsync(3, s_long);
        var lost = cluster.Silos[2];
        var key = await cluster.NewKeyOnAsync(lost);
        foreach (var silo in cluster.Silos.Where(silo => silo != lost))
            cluster.Faults.Cut(lost.SiloAddress, silo.SiloAddress);

        await FaultCluster.WhenAsync(() => cluster.Silos.Where(silo => silo != lost).All(silo => FaultCluster.ViewOf(silo).IsDead(lost.SiloAddress)));

        Assert.Equal(1, await FaultCluster.CountFromAsync(cluster.Silos[0], key));
        Assert.Equal(2, await FaultCluster.CountFromAsync(cluster.Silos[1], key));

        // It has the table still, and so learns that it is dead; from then on whoever asks it is told that it is not there.
        await Eventually.TrueAsync(async () => await Record.ExceptionAsync(() => FaultCluster.CountFromAsync(lost, key)) is SiloUnavailableException, Ct);
    }
}
