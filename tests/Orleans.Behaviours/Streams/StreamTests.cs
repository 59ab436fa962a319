using System.Globalization;
using Orleans.Behaviours.Support;
using Orleans.Streams;

namespace Orleans.Behaviours.Streams;

public sealed class StreamTests(Cluster cluster)
{
    private readonly string _key = Cluster.NewKey();

    private Trace Trace => Trace.Of(_key);

    [Fact]
    public async Task Item_ProducedByTheClient_ReachesEveryClassThatIsSubscribedUnderTheStreamsKey()
    {
        await Stream<string>(StreamNames.Subscribing).OnNextAsync("item").Soon();

        var entries = await Trace.WhenCount(2);
        Assert.Equal(["observing item", "subscribing item"], entries.Order());
    }

    [Fact]
    public async Task Item_ProducedByAGrain_ReachesTheSubscriber()
    {
        await cluster.NewGrain<IProducerGrain>().Produce(StreamId.Create(StreamNames.Subscribing, _key), "item").Soon();

        await Trace.WhenContains("subscribing item");
    }

    [Fact]
    public async Task Item_OfAnApplicationType_ReachesTheObserverThatIsAttachedWhenItComes()
    {
        await Stream<Reading>(StreamNames.Observing).OnNextAsync(new("thermometer", 21)).Soon();

        await Trace.WhenContains("thermometer=21");
    }

    [Fact]
    public async Task Items_OfOneStream_ArriveInOrder()
    {
        var stream = Stream<Reading>(StreamNames.Observing);
        for (var i = 0; i < 200; i++)
            await stream.OnNextAsync(new("n", i)).Soon();

        var entries = await Trace.WhenCount(200);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"n={i}")), entries);
    }

    [Fact]
    public async Task Items_OfABatch_ArriveInOrderAtAnObserverOfSingleItems()
    {
        await Stream<Reading>(StreamNames.Observing).OnNextBatchAsync(Enumerable.Range(0, 50).Select(i => new Reading("n", i))).Soon();

        var entries = await Trace.WhenCount(50);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"n={i}")), entries);
    }

    [Fact]
    public async Task Items_OfBatches_ArriveInOrderAtABatchObserver()
    {
        var stream = Stream<int>(StreamNames.Batches);
        await stream.OnNextBatchAsync([1, 2, 3]).Soon();
        await stream.OnNextAsync(4).Soon();
        await stream.OnNextBatchAsync([5, 6]).Soon();

        Assert.Equal(["1", "2", "3", "4", "5", "6"], await Trace.WhenCount(6));
    }

    [Fact]
    public async Task Item_ThatIsRefused_IsDeliveredAgainAndThoseBehindItWait()
    {
        RefusingGrain.Refuse(_key, "first", times: 1);
        var stream = Stream<string>(StreamNames.Refusing);

        await stream.OnNextAsync("first").Soon();
        await stream.OnNextAsync("second").Soon();

        Assert.Equal(["first", "second"], await Trace.WhenCount(2));
    }

    [Fact]
    public async Task Item_ThatIsRefusedForTooLong_IsSkippedAndTheObserverToldSo()
    {
        RefusingGrain.Refuse(_key, "first", times: int.MaxValue);
        var stream = Stream<string>(StreamNames.Refusing);

        await stream.OnNextAsync("first").Soon();
        await stream.OnNextAsync("second").Soon();

        Assert.Equal(["error", "second"], await Trace.WhenCount(2));
    }

    [Fact]
    public async Task Item_ThatIsRefused_DoesNotHoldUpOtherStreams()
    {
        RefusingGrain.Refuse(_key, "first", times: int.MaxValue);
        await Stream<string>(StreamNames.Refusing).OnNextAsync("first").Soon();
        var other = Cluster.NewKey();

        await Provider.GetStream<string>(StreamId.Create(StreamNames.Refusing, other)).OnNextAsync("item").Soon();

        await Trace.Of(other).WhenContains("item");
        Assert.DoesNotContain("first", Trace.Entries);
    }

    [Fact]
    public async Task Stream_WithAGuid_IsDeliveredToTheGrainWithThatGuid()
    {
        var key = Guid.CreateVersion7();

        await Provider.GetStream<string>(StreamId.Create(StreamNames.Guids, key)).OnNextAsync("item").Soon();

        await Trace.Of(key.ToString()).WhenContains("item");
    }

    [Fact]
    public async Task Stream_OfANamespaceWithoutSubscribers_TakesItems()
    {
        await Stream<string>(StreamNames.Nobody).OnNextAsync("item").Soon();

        Assert.Empty(Trace.Entries);
    }

    [Fact]
    public void StreamId_OfNamespaceAndKey_GivesThemBack()
    {
        var id = StreamId.Create("ns", "key/with slash");

        Assert.Equal("ns", id.GetNamespace());
        Assert.Equal("key/with slash", id.GetKeyAsString());
        Assert.Equal(StreamId.Create("ns", "key/with slash"), id);
        Assert.NotEqual(StreamId.Create("other", "key/with slash"), id);
    }

    private IStreamProvider Provider => cluster.Client.GetStreamProvider(StreamNames.Provider);

    private IAsyncStream<T> Stream<T>(string ns) => Provider.GetStream<T>(StreamId.Create(ns, _key));
}
