using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Journaled;

public sealed class ConditionalEventTests(Cluster cluster)
{
    private readonly ICounterGrain _grain = cluster.Client.GetGrain<ICounterGrain>(Cluster.NewKey());

    private EventStore Store => EventStores.Of(_grain.GetPrimaryKeyString());

    private IEnumerable<int> StoredAmounts => Store.Events.Cast<CounterEvent.Added>().Select(e => e.Amount);

    [Fact]
    public async Task RaiseConditionalEvent_AtTheStoredVersion_IsStored()
    {
        Assert.True(await _grain.AddConditionally(5).Soon());

        Assert.Equal(new CounterView(Version: 1, Total: 5, TentativeTotal: 5, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task RaiseConditionalEvents_AtTheStoredVersion_AreOneBatch()
    {
        Assert.True(await _grain.AddBatchConditionally([1, 2, 3]).Soon());

        Assert.Equal([3], Store.Batches);
    }

    [Fact]
    public async Task RaiseConditionalEvent_AfterAWriteFromElsewhere_IsRefusedAndTheStateReadAgain()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));

        Assert.False(await _grain.AddConditionally(5).Soon());

        Assert.Equal([1, 10], StoredAmounts);
        Assert.Equal(new CounterView(Version: 2, Total: 11, TentativeTotal: 11, Unconfirmed: 0), await _grain.View().Soon());
    }

    [Fact]
    public async Task RaiseConditionalEvent_RaisedAgainAfterARefusal_IsStored()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));
        await _grain.AddConditionally(5).Soon();

        Assert.True(await _grain.AddConditionally(5).Soon());

        Assert.Equal([1, 10, 5], StoredAmounts);
    }

    [Fact]
    public async Task RaiseConditionalEvents_AfterAWriteFromElsewhere_AreRefusedTogether()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));

        Assert.False(await _grain.AddBatchConditionally([5, 6]).Soon());

        Assert.Equal([1, 10], StoredAmounts);
    }

    [Fact]
    public async Task RaiseEvent_AfterAWriteFromElsewhere_IsSubmittedAgain()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));

        await _grain.Add(5).Soon();

        Assert.Equal([1, 10, 5], StoredAmounts);
    }

    [Fact]
    public async Task Conflict_WithEventsOfBothKinds_RefusesTheConditionalOnesOnly()
    {
        await _grain.Add(1).Soon();
        Store.AppendFromElsewhere(new CounterEvent.Added(10));

        Assert.All(await _grain.AddTwoConditionallyAndOneAnyway(5, 6, 7).Soon(), Assert.False);
        await _grain.Refresh().Soon();

        Assert.Equal([1, 10, 6], StoredAmounts);
    }

    [Fact]
    public async Task NoConflict_WithEventsOfBothKinds_StoresAllInOrder()
    {
        Assert.All(await _grain.AddTwoConditionallyAndOneAnyway(5, 6, 7).Soon(), Assert.True);

        Assert.Equal([5, 6, 7], StoredAmounts);
    }
}
