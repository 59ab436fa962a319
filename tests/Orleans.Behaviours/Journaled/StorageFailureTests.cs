using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Journaled;

public sealed class StorageFailureTests(Cluster cluster)
{
    private readonly ICounterGrain _grain = cluster.Client.GetGrain<ICounterGrain>(Cluster.NewKey());

    private EventStore Store => EventStores.Of(_grain.GetPrimaryKeyString());

    private IEnumerable<int> StoredAmounts => Store.Events.Cast<CounterEvent.Added>().Select(e => e.Amount);

    [Fact]
    public async Task Write_ThatThrows_IsTriedAgainAndTheCallerHearsNothing()
    {
        await _grain.View().Soon();
        Store.FailingWrites = 2;

        await _grain.Add(5).Soon();

        Assert.Equal([5], StoredAmounts);
    }

    [Fact]
    public async Task Write_ThatThrows_IsAnIssueThatIsResolvedLater()
    {
        await _grain.View().Soon();
        Store.FailingWrites = 1;

        await _grain.Add(5).Soon();

        var entries = await Trace.Of(_grain.GetPrimaryKeyString()).WhenContains("resolved");
        Assert.True(entries.IndexOf("issue") < entries.IndexOf("resolved"));
    }

    [Fact]
    public async Task Write_ThatThrows_KeepsConditionalEventsWhosePositionIsFree()
    {
        await _grain.View().Soon();
        Store.FailingWrites = 1;

        Assert.True(await _grain.AddConditionally(5).Soon());

        Assert.Equal([5], StoredAmounts);
    }

    [Fact]
    public async Task Read_ThatThrowsAtActivation_IsTriedAgain()
    {
        Store.AppendFromElsewhere(new CounterEvent.Added(3));
        Store.FailingReads = 2;

        Assert.Equal(3, (await _grain.View().Soon()).Total);
    }

    [Fact]
    public async Task Write_WhoseReplyIsLost_StoresUnconditionalEventsTwice()
    {
        await _grain.View().Soon();
        Store.LostReplies = 1;

        await _grain.Add(5).Soon();

        Assert.Equal([5, 5], StoredAmounts);
    }

    [Fact]
    public async Task Write_WhoseReplyIsLost_ReportsConditionalEventsAsRefused()
    {
        await _grain.View().Soon();
        Store.LostReplies = 1;

        Assert.False(await _grain.AddConditionally(5).Soon());

        Assert.Equal([5], StoredAmounts);
    }
}
