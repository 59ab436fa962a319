using Orleans.Behaviours.Filters;
using Orleans.Behaviours.Messages;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.ManySilos;

/// <summary>Calls between silos behave as calls within one.</summary>
[Collection(nameof(SiloCluster))]
public sealed class RemoteCallTests(SiloCluster cluster)
{
    [Fact]
    public async Task Exception_OfAnotherSilo_KeepsItsTypeItsMembersAndItsStack()
    {
        var (near, far) = await cluster.NewPairAsync();

        var exception = await Assert.ThrowsAsync<OutOfPaperException>(() => near.FailAt(far).Soon());

        Assert.Equal(("no paper", 2), (exception.Message, exception.Tray));
        Assert.Equal("inner", Assert.IsType<ArgumentException>(exception.InnerException).Message);
        Assert.Equal("data", exception.Data["reason"]);
        Assert.Contains(nameof(RemoteGrain.Fail), exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Argument_ChangedOnAnotherSilo_StaysAsItIsHere()
    {
        var (near, far) = await cluster.NewPairAsync();

        Assert.Equal((0, 1), await near.AddAt(far, "item").Soon());
    }

    [Fact]
    public async Task Result_ChangedByACallerOnAnotherSilo_StaysAsItIsThere()
    {
        var (near, far) = await cluster.NewPairAsync();

        Assert.Equal(0, await near.ChangeKeptOf(far).Soon());
    }

    [Fact]
    public async Task RequestContext_GoesWithTheCallToAnotherSilo()
    {
        var (near, far) = await cluster.NewPairAsync();
        RequestContext.Set("from the client", "passed");

        Assert.Equal(("set", "passed"), await near.ContextAt(far, "from the grain", "from the client").Soon());
        Assert.Null(RequestContext.Get("from the grain"));
        RequestContext.Clear();
    }

    [Fact]
    public async Task Cancel_OfACallToAnotherSilo_EndsItForTheCallerAndSignalsTheGrain()
    {
        var (near, far) = await cluster.NewPairAsync();
        var gate = Gate.New();
        using var cancellation = new CancellationTokenSource();
        var call = near.HoldAt(far, gate.Name, cancellation.Token);
        await gate.Reached.Soon();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await Trace.Of(far.GetPrimaryKeyString()).WhenContains("cancelled");
        gate.Open();
    }

    [Fact]
    public async Task Call_ToAnotherSiloNotAnsweredInTime_ThrowsWhileTheGrainGoesOn()
    {
        var (near, far) = await cluster.NewPairAsync();
        var gate = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => near.HoldShortlyAt(far, gate.Name).Soon());

        Assert.DoesNotContain("held", Trace.Of(far.GetPrimaryKeyString()).Entries);
        gate.Open();
        await Trace.Of(far.GetPrimaryKeyString()).WhenContains("held");
    }

    [Fact]
    public async Task Call_WhileTheActivationElsewhereEnds_IsAnsweredByTheNextOne()
    {
        var (_, far) = await cluster.NewPairAsync();
        var first = await far.Activation().Soon();
        var gate = Gate.New();
        var held = far.Hold(gate.Name, CancellationToken.None);
        await gate.Reached.Soon();
        var ends = far.Deactivate();

        var call = cluster.From(cluster.Silos[1]).GetGrain<IRemoteGrain>(far.GetPrimaryKeyString()).Saved();
        gate.Open();

        await Task.WhenAll(held, ends, call).Soon();
        Assert.NotEqual(first, await far.Activation().Soon());
    }

    [Fact]
    public async Task Calls_OfManyCallersOnAllSilos_AreAllAnswered()
    {
        var grains = Enumerable.Range(0, 50).Select(_ => cluster.NewGrain()).ToArray();

        var calls = from silo in cluster.Silos
                    let factory = cluster.From(silo)
                    from grain in grains
                    from i in Enumerable.Range(0, 10)
                    select factory.GetGrain<IRemoteGrain>(grain.GetPrimaryKeyString()).Add(new Basket { Items = [.. Enumerable.Repeat("item", i)] }, "another");
        var counts = await Task.WhenAll(calls).Soon();

        Assert.Equal(Enumerable.Range(1, 10).Select(i => i * 50 * 3).Sum(), counts.Sum());
    }

    [Fact]
    public async Task Filters_OfTheCallersSiloAndOfTheGrains_SeeTheCall()
    {
        var caller = await cluster.NewGrainOnAsync(cluster.Silos[1], cluster.Client.GetGrain<IFilterCallerGrain>, grain => grain.Add(Cluster.NewKey(), 1, 2));
        var target = (await cluster.NewGrainOnAsync(cluster.Silos[2], cluster.Client.GetGrain<IFilteredGrain>, grain => grain.Add(1, 1))).GetPrimaryKeyString();
        var seen = Trace.Of(target).Entries.Count;

        Assert.Equal(7, await caller.Add(target, 3, 4).Soon());

        Assert.Equal(
            ["outgoing in", "first in", "second in", "grain in", "method", "grain out", "second out", "first out", "outgoing out"],
            Trace.Of(target).Entries.Skip(seen));
    }
}
