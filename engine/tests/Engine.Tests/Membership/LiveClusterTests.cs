using System.Diagnostics;
using System.Net;
using Crescent.Testing;
using Engine.Tests.Messaging;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Engine.Tests.Membership;

/// <summary>Silos that come, go, die and are cut off, over sockets and in real time.</summary>
public sealed class LiveClusterTests
{
    private static readonly TimeSpan s_detection = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_handOver = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Start_OfThreeAtOnce_EachGrainIsAtItsOwnerWhoeverAsks()
    {
        await using var cluster = await LiveCluster.StartAsync(3);

        foreach (var owner in cluster.Silos)
        {
            foreach (var caller in cluster.Silos)
                Assert.Equal(owner.Name, await caller.WhereAsync(LiveCluster.KeyOn(owner)));
        }
    }

    [Fact]
    public async Task Join_OfAnother_TakesItsGrainsWhenTheOldOwnerHasLetGo()
    {
        await using var cluster = await LiveCluster.StartAsync(2);
        var first = cluster.Silos[0];
        var before = first.Views.Current;
        var keys = Enumerable.Range(0, 60).Select(i => $"key-{i}").ToList();
        foreach (var key in keys)
            await first.WhereAsync(key);

        var third = await cluster.AddSiloAsync();
        await cluster.AgreeAsync();

        foreach (var key in keys)
        {
            var id = GrainId.Create("roamer", key);
            var (old, now) = (before.OwnerOf(id)!, third.Views.Current.OwnerOf(id)!);
            Assert.Equal(now.ToParsableString(), await first.WhereAsync(key));
            Assert.True(old.Equals(now) || cluster.Script.Log.Contains($"deactivated {key} RuntimeRequested"), key);
        }
    }

    [Fact]
    public async Task Join_WhileACallRuns_TheGrainMovesWhenTheCallHasEnded()
    {
        await using var cluster = await LiveCluster.StartAsync(1);
        var first = cluster.Silos[0];
        var running = Enumerable.Range(0, 20).ToDictionary(i => $"key-{i}", i => first.Client.GetGrain<IRoamer>($"key-{i}").Block($"block-{i}"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.Script.Arrived($"block-{i}")));

        var second = await cluster.AddSiloAsync();
        await cluster.AgreeAsync();
        var key = running.Keys.First(key => second.Address.Equals(second.Views.Current.OwnerOf(GrainId.Create("roamer", key))));
        var next = second.WhereAsync(key);
        Assert.False(next.IsCompleted);
        Enumerable.Range(0, 20).ToList().ForEach(i => cluster.Script.Release($"block-{i}"));

        Assert.Equal(first.Name, await running[key]);
        Assert.Equal(second.Name, await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Kill_OfOne_ItsGrainsGoOnElsewhereWithinDetectionAndHandOver()
    {
        await using var cluster = await LiveCluster.StartAsync(3);
        var (first, killed) = (cluster.Silos[0], cluster.Silos[2]);
        var key = LiveCluster.KeyOn(killed);
        Assert.Equal(killed.Name, await first.WhereAsync(key));
        var since = Stopwatch.GetTimestamp();

        await killed.KillAsync();
        await cluster.AgreeAsync();
        var detected = Stopwatch.GetElapsedTime(since);
        var now = await first.WhereAsync(key);

        Assert.NotEqual(killed.Name, now);
        TestContext.Current.TestOutputHelper?.WriteLine($"detected after {detected}, answered after {Stopwatch.GetElapsedTime(since)}");
        Assert.True(Stopwatch.GetElapsedTime(since) < s_detection + s_handOver, $"detected after {detected}");
    }

    [Fact]
    public async Task Stop_OfOne_ItsGrainsAreElsewhereAtOnceAndNobodyVotes()
    {
        await using var cluster = await LiveCluster.StartAsync(3);
        var (first, leaving) = (cluster.Silos[0], cluster.Silos[2]);
        var key = LiveCluster.KeyOn(leaving);
        await first.WhereAsync(key);

        var stopped = leaving.StopAsync();
        var calls = 0;
        while (!stopped.IsCompleted)
        {
            await first.WhereAsync(key);
            calls++;
        }

        await stopped;
        Assert.NotEqual(leaving.Name, await first.WhereAsync(key));
        Assert.True(calls > 0);
        var row = (await cluster.Table.ReadRow(leaving.Address)).TryGet(leaving.Address)!.Item1;
        Assert.Equal(SiloStatus.Dead, row.Status);
        Assert.Empty(row.SuspectTimes ?? []);
        Assert.Contains($"deactivated {key}", string.Join('\n', cluster.Script.Log));
    }

    [Fact]
    public async Task CutOff_FromSilosAndTable_OneIsSilentThenDeadAndSaysWhy()
    {
        await using var cluster = await LiveCluster.StartAsync(3);
        var lost = cluster.Silos[1];
        var key = LiveCluster.KeyOn(lost);
        await cluster.Silos[0].WhereAsync(key);

        lost.Table.IsLost = true;
        cluster.CutOff(lost);
        await Eventually.TrueAsync(() => Task.FromResult(lost.Views.IsSuspended), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Task.FromResult(cluster.Silos[0].Views.Current.IsDead(lost.Address)), TestContext.Current.CancellationToken);
        Assert.Null(lost.Failure);
        Assert.True(lost.Views.IsSuspended);
        lost.Table.IsLost = false;
        cluster.Heal();

        await Eventually.TrueAsync(() => Task.FromResult(lost.Failure is not null), TestContext.Current.CancellationToken);
        Assert.Contains("dead", lost.Failure);
        Assert.NotEqual(lost.Name, await cluster.Silos[0].WhereAsync(key));
    }

    [Fact]
    public async Task Table_LostByAllForAWhile_AllGoOnAfterwards()
    {
        await using var cluster = await LiveCluster.StartAsync(3);
        cluster.Silos.ForEach(silo => silo.Table.IsLost = true);
        foreach (var silo in cluster.Silos)
            await Eventually.TrueAsync(() => Task.FromResult(silo.Views.IsSuspended), TestContext.Current.CancellationToken);

        cluster.Silos.ForEach(silo => silo.Table.IsLost = false);
        foreach (var silo in cluster.Silos)
            await Eventually.TrueAsync(() => Task.FromResult(!silo.Views.IsSuspended), TestContext.Current.CancellationToken);

        await cluster.AgreeAsync();
        Assert.Equal(cluster.Silos[2].Name, await cluster.Silos[0].WhereAsync(LiveCluster.KeyOn(cluster.Silos[2])));
    }

    [Fact]
    public async Task Localhost_SilosThatUseTheTableOfAPrimary_AreOneCluster()
    {
        await using var cluster = await LiveCluster.StartAsync(0);
        var port = FreePorts.TakeOne();
        var primary = new IPEndPoint(IPAddress.Loopback, port);

        // The primary may come last.
        var others = new[] { cluster.AddSiloAsync(primary), cluster.AddSiloAsync(primary) };
        var first = await cluster.AddSiloAsync(port: port);
        var silos = await Task.WhenAll(others);
        await cluster.AgreeAsync();

        Assert.Equal(silos[1].Name, await first.WhereAsync(LiveCluster.KeyOn(silos[1])));
        await silos[1].KillAsync();
        await cluster.AgreeAsync();
        await silos[0].StopAsync();
        await cluster.AgreeAsync();
    }
}
