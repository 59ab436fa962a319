using Crescent.Testing;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

/// <summary>Calls while silos disagree about who owns a grain, or it moves.</summary>
public sealed class ForwardingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Call_ReceiverHasOlderView_RefreshesFirst()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        cluster.Install(first);
        var newer = cluster.CreateView(first, second);
        first.Views.Install(newer);
        second.Views.Newer = newer;

        Assert.Equal(second.Name, await first.Client.GetGrain<IRoamer>(cluster.KeyOn(second, 0, newer)).Where());
        Assert.Equal(1, second.Views.Refreshes);
    }

    [Fact]
    public async Task Call_ReceiverIsNotTheOwner_PassesItOn()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var (first, second, third) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        var key = cluster.KeyOn(third);
        first.Views.Install(cluster.CreateView(second));

        // For the first silo all grains are the second's; the second knows better.
        second.Views.Install(cluster.CreateView(second, third));
        third.Views.Install(cluster.CreateView(second, third));
        Assert.Equal(third.Name, await first.Client.GetGrain<IRoamer>(key).Where());
    }

    [Fact]
    public async Task Call_SilosDisagreeForGood_IsRejected()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var (first, second, third) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        first.Views.Install(cluster.CreateView(second));
        second.Views.Install(cluster.CreateView(third));
        third.Views.Install(cluster.CreateView(second));

        var thrown = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => first.Client.GetGrain<IRoamer>("lost").Nothing());

        Assert.Contains("passed on", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WaitsAtGrainThatMoves_RunsAtTheNewOwner()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var (first, second, third) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        var grain = first.Client.GetGrain<IRoamer>(cluster.KeyOn(second));
        var running = grain.Block("running");
        await cluster.Script.Arrived("running").WaitAsync(Patience, TestContext.Current.CancellationToken);
        var waiting = grain.Echo(new Parcel { Text = "waited", Numbers = [1] });
        var asking = grain.Where().AsTask();

        cluster.Install(first, third);
        cluster.Script.Release("running");

        Assert.Equal(second.Name, await running.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal("waited", (await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken)).Text);
        Assert.Contains(await asking.WaitAsync(Patience, TestContext.Current.CancellationToken), new[] { first.Name, third.Name });
    }

    [Fact]
    public async Task Call_LocalCallWaitsAtGrainThatMoves_RunsAtTheNewOwner()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        var grain = first.Client.GetGrain<IRoamer>(cluster.KeyOn(first));
        var running = grain.Block("running");
        await cluster.Script.Arrived("running").WaitAsync(Patience, TestContext.Current.CancellationToken);
        var waiting = grain.Where().AsTask();

        cluster.Install(second);
        cluster.Script.Release("running");

        Assert.Equal(first.Name, await running.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(second.Name, await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_FormerOwnerHasNotLetGo_WaitsForIt()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(second);
        var letGo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.Views.Close(GrainId.Create("roamer", key), letGo.Task);

        var held = first.Client.GetGrain<IRoamer>(key).Where().AsTask();
        Assert.Equal(second.Name, await first.Client.GetGrain<IRoamer>(cluster.KeyOn(second, 1)).Where());
        Assert.False(held.IsCompleted);

        letGo.SetResult();
        Assert.Equal(second.Name, await held.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_GrainMovesOnWhileItWaitsForItsFormerOwner_FollowsIt()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var (first, second, third) = (cluster.Silos[0], cluster.Silos[1], cluster.Silos[2]);
        var key = cluster.KeyOn(second);
        var letGo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        second.Views.Close(GrainId.Create("roamer", key), letGo.Task);
        var held = first.Client.GetGrain<IRoamer>(key).Where().AsTask();
        await Eventually.TrueAsync(() => Task.FromResult(second.Views.Catalog!.Count == 1), TestContext.Current.CancellationToken);

        cluster.Install(third);
        letGo.SetResult();

        Assert.Equal(third.Name, await held.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_SiloIsSuspended_GetsNoAnswer()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var grain = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1]));
        var running = grain.Short("running");
        await cluster.Script.Arrived("running").WaitAsync(Patience, TestContext.Current.CancellationToken);

        cluster.Silos[1].Views.IsSuspended = true;
        cluster.Script.Release("running");

        await Assert.ThrowsAsync<TimeoutException>(() => running);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Short("other"));
        Assert.False(cluster.Script.Arrived("other").IsCompleted);

        cluster.Silos[1].Views.IsSuspended = false;
        Assert.Equal(cluster.Silos[1].Name, await grain.Where());
    }

    [Fact]
    public async Task Call_CallerIsSuspended_IsRefused()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        cluster.Silos[0].Views.IsSuspended = true;

        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).Nothing());
    }

    [Fact]
    public async Task Call_NoSiloIsActive_IsRejected()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        cluster.Install();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Silos[0].Client.GetGrain<IRoamer>("nobody").Nothing());
    }
}
