using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Journaled;

public sealed class JournaledGrainTests(Cluster cluster)
{
    private readonly ICounterGrain _grain = cluster.Client.GetGrain<ICounterGrain>(Cluster.NewKey());

    private EventStore Store => EventStores.Of(_grain.GetPrimaryKeyString());

    [Fact]
    public async Task RaiseEvent_NotYetConfirmed_ChangesTheTentativeStateOnly() =>
        Assert.Equal(new CounterView(Version: 0, Total: 0, TentativeTotal: 5, Unconfirmed: 1), await _grain.AddAndLook(5).Soon());

    [Fact]
    public async Task ConfirmEvents_AfterRaising_StoresAndChangesTheState()
    {
        await _grain.Add(5).Soon();

        Assert.Equal([new CounterEvent.Added(5)], Store.Events);
        Assert.Equal(new CounterView(Version: 1, Total: 5, TentativeTotal: 5, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task Events_RaisedInOneTurn_AreStoredAsOneBatch()
    {
        await _grain.AddOneByOne([1, 2, 3]).Soon();

        Assert.Equal([3], Store.Batches);
    }

    [Fact]
    public async Task StorageCalls_OfConcurrentCalls_NeverOverlap()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(_grain.Add)).Soon();

        Assert.Equal(1, Store.MostCallsAtOnce);
        Assert.Equal(new CounterView(Version: 50, Total: 1275, TentativeTotal: 1275, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task Events_RaisedWhileABatchIsStored_AreTheNextBatch()
    {
        await _grain.View().Soon();
        var gate = Store.Gate = Gate.New();
        var first = _grain.Add(1);
        await gate.Reached.Soon();

        await _grain.AddAndLook(2).Soon();
        await _grain.AddAndLook(3).Soon();
        gate.Open();
        await first.Soon();
        await _grain.Add(4).Soon();

        Assert.Equal([1, 2, 3, 4], Store.Events.Cast<CounterEvent.Added>().Select(e => e.Amount));
        Assert.Equal(1, Store.Batches[0]);
        Assert.True(Store.Batches[1] >= 2);
    }

    [Fact]
    public async Task Activation_OfAGrainWithHistory_LoadsItBeforeTheFirstCall()
    {
        Store.AppendFromElsewhere(new CounterEvent.Added(3));
        Store.AppendFromElsewhere(new CounterEvent.Added(4));

        Assert.Equal(new CounterView(Version: 2, Total: 7, TentativeTotal: 7, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task Activation_WithoutTheBaseMethod_LoadsInTheBackground()
    {
        var key = Cluster.NewKey();
        var store = EventStores.Of(key);
        store.AppendFromElsewhere(new CounterEvent.Added(3));
        var gate = store.Gate = Gate.New();
        var grain = cluster.Client.GetGrain<IEagerCounterGrain>(key);

        Assert.Equal(0, await grain.VersionNow().Soon());
        gate.Open();

        Assert.Equal(1, await grain.VersionAfterRefresh().Soon());
    }

    [Fact]
    public async Task RefreshNow_AfterAWriteFromElsewhere_ReadsTheState()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));
        Assert.Equal(1, (await _grain.View().Soon()).Version);

        await _grain.Refresh().Soon();

        Assert.Equal(new CounterView(Version: 2, Total: 11, TentativeTotal: 11, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task OnStateChanged_AfterAWrite_SeesTheNewVersion()
    {
        await _grain.Add(1).Soon();

        await Trace.Of(_grain.GetPrimaryKeyString()).WhenContains("version 1");
    }

    [Fact]
    public async Task Transition_ThatThrows_IsNotTheCallersConcern()
    {
        await _grain.Add(1).Soon();

        await _grain.AddPoison().Soon();
        await _grain.Add(2).Soon();

        Assert.Equal(new CounterView(Version: 3, Total: 3, TentativeTotal: 3, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task Deactivation_WithUnconfirmedEvents_StoresThemFirst()
    {
        await _grain.View().Soon();
        var gate = Store.Gate = Gate.New();
        await _grain.AddAndDeactivate(5).Soon();
        await gate.Reached.Soon();

        var view = _grain.View();
        gate.Open();

        Assert.Equal(new CounterView(Version: 1, Total: 5, TentativeTotal: 5, Unconfirmed: 0), await view.Soon());
    }
}
