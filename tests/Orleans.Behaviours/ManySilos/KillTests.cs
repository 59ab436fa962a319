using Crescent.Testing;
using Orleans.Behaviours.Journaled;
using Orleans.Behaviours.Streams;
using Orleans.Behaviours.Support;
using Orleans.TestingHost;

namespace Orleans.Behaviours.ManySilos;

/// <summary>A silo ends without a goodbye, and the others go on.</summary>
[Collection(nameof(SiloCluster))]
public sealed class KillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_FromAnotherSiloToAGrainThatDiesWithItsSilo_ThrowsSiloUnavailable()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var (near, far) = await cluster.NewPairAsync();
        var gate = Gate.New();

        // Not through the client: its gateway may be the one that dies.
        var call = cluster.From(cluster.Silos[0]).GetGrain<IRemoteGrain>(near.GetPrimaryKeyString()).HoldAt(far, gate.Name, CancellationToken.None);
        await gate.Reached.Soon();

        await cluster.KillSiloAsync(cluster.Silos[2]);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.Soon());
        gate.Open();
    }

    [Fact]
    public async Task Call_FromAClientToAGrainThatDiesWithItsSilo_TimesOut()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var grain = await cluster.NewGrainOnAsync(cluster.Silos[2]);
        var gate = Gate.New();
        var call = grain.Hold(gate.Name, CancellationToken.None);
        await gate.Reached.Soon();

        await cluster.KillSiloAsync(cluster.Silos[2]);

        await Assert.ThrowsAsync<TimeoutException>(() => call.Soon());
        gate.Open();
    }

    [Fact]
    public async Task NextCall_AfterTheDeathOfTheGrainsSilo_ActivatesItElsewhereWithItsState()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var dead = cluster.Silos[2];
        var grain = await cluster.NewGrainOnAsync(dead);
        await grain.Save("kept").Soon();

        await cluster.KillSiloAsync(dead);

        Assert.Equal("kept", await SiloCluster.SucceedAsync(grain.Saved));
        Assert.NotEqual(dead.SiloAddress, await grain.Silo().Soon());
        foreach (var silo in cluster.Silos)
            Assert.Equal("kept", await cluster.From(silo).GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString()).Saved().Soon());
    }

    [Fact]
    public async Task JournaledGrain_AfterTheDeathOfItsSilo_GoesOnFromItsEvents()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var dead = cluster.Silos[2];
        var grain = await cluster.NewGrainOnAsync(dead, cluster.Client.GetGrain<ICounterGrain>, grain => grain.Add(5));

        await cluster.KillSiloAsync(dead);

        Assert.Equal(5, (await SiloCluster.SucceedAsync(grain.View)).Total);
        await grain.Add(1).Soon();
        Assert.Equal((2, 6), ((await grain.View()).Version, (await grain.View()).Total));
    }

    [Fact]
    public async Task Timers_OfAKilledSilo_TickNoMore()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var (near, far) = await cluster.NewPairAsync();
        await near.StartTimer(TimeSpan.FromMilliseconds(20)).Soon();
        await far.StartTimer(TimeSpan.FromMilliseconds(20)).Soon();
        await Trace.Of(far.GetPrimaryKeyString()).WhenContains("tick");

        await cluster.KillSiloAsync(cluster.Silos[2]);

        var (living, dead) = (Trace.Of(near.GetPrimaryKeyString()), Trace.Of(far.GetPrimaryKeyString()));
        var (ofLiving, ofDead) = (living.Entries.Count, dead.Entries.Count);
        await living.WhenCount(ofLiving + 20);
        Assert.Equal(ofDead, dead.Entries.Count);
    }

    [Fact]
    public async Task GetHosts_AfterAKill_SaysThatItIsDead()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var dead = cluster.Silos[2].SiloAddress;

        await cluster.KillSiloAsync(cluster.Silos[2]);

        var hosts = await Eventually.GetAsync(
            () => SiloCluster.SucceedAsync(() => cluster.Management.GetHosts()), hosts => hosts.TryGetValue(dead, out var status) && status == SiloStatus.Dead, Ct);
        Assert.Equal(2, hosts.Values.Count(status => status == SiloStatus.Active));
    }

    [Fact]
    public async Task KilledSilo_StartedAgain_IsANewMember()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var killed = cluster.Silos[2];
        await cluster.KillSiloAsync(killed);

        var restarted = await cluster.RestartSiloAsync(killed);

        Assert.NotEqual(killed.SiloAddress, restarted.SiloAddress);
        await cluster.WhenAllSeeAsync(3);
        var grain = await cluster.NewGrainOnAsync(restarted);
        Assert.Equal(restarted.SiloAddress, await grain.Silo().Soon());
    }

    [Fact]
    public async Task Streams_AfterTheDeathOfAConsumersSilo_ReachItElsewhere()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var dead = cluster.Silos[2];
        var key = await NewConsumerOnAsync(cluster, dead);

        await cluster.KillSiloAsync(dead);

        var before = Trace.Of(key).Entries.Count;
        await Eventually.TrueAsync(async () =>
        {
            await ProduceAsync(cluster, key, 2);
            return Trace.Of(key).Entries.Count > before;
        }, Ct);
        Assert.NotEqual(dead.SiloAddress, await cluster.Management.GetActivationAddress(Consumer(cluster, key)));
    }

    [Fact]
    public async Task Streams_AfterTheDeathOfAProducersSilo_GoOn()
    {
        await using var cluster = await SiloCluster.DeployAsync(3);
        var key = await NewConsumerOnAsync(cluster, cluster.Silos[1]);

        await cluster.KillSiloAsync(cluster.Silos[2]);

        var producer = cluster.From(cluster.Silos[0]).GetGrain<IProducerGrain>(Cluster.NewKey());
        await Eventually.TrueAsync(async () =>
        {
            await SiloCluster.SucceedAsync(async () =>
            {
                await producer.Produce(StreamId.Create(StreamNames.Subscribing, key), "after");
                return true;
            });
            return Trace.Of(key).Entries.Contains("subscribing after");
        }, Ct);
    }

    private static async Task<string> NewConsumerOnAsync(SiloCluster cluster, SiloHandle silo)
    {
        var consumer = await cluster.NewGrainOnAsync(silo, (key, _) => Consumer(cluster, key), async grain =>
        {
            await ProduceAsync(cluster, grain.GetPrimaryKeyString(), 1);
            await Trace.Of(grain.GetPrimaryKeyString()).WhenCount(1);
        });
        return consumer.GetPrimaryKeyString();
    }

    private static IConsumerGrain Consumer(SiloCluster cluster, string key) => cluster.Client.GetGrain<IConsumerGrain>(key, typeof(ObservingGrain).FullName);

    private static Task<bool> ProduceAsync(SiloCluster cluster, string key, int value) => SiloCluster.SucceedAsync(async () =>
    {
        await cluster.Client.GetStreamProvider(StreamNames.Provider).GetStream<Reading>(StreamId.Create(StreamNames.Observing, key)).OnNextAsync(new("n", value));
        return true;
    });
}
