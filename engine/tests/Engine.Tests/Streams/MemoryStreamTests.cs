using Engine.Tests.Runtime;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Streams;

namespace Engine.Tests.Streams;

public sealed class MemoryStreamTests
{
    private readonly ConsumerScript _script = new();

    [Fact]
    public async Task Item_BeyondTheBoundOfItsPartition_IsRefusedAtTheProducer()
    {
        await using var silo = await StreamSilo.StartAsync(_script, o => o.MaxItemsPerPartition = 2);
        var gate = new Gate();
        _script.OnNext = _ => gate.Pass();
        var stream = silo.Stream("scripted");
        await stream.OnNextAsync("one");
        await stream.OnNextAsync("two");

        var refused = await Assert.ThrowsAsync<LimitExceededException>(() => stream.OnNextAsync("three"));

        Assert.Contains(nameof(MemoryStreamOptions.MaxItemsPerPartition), refused.Message, StringComparison.Ordinal);
        gate.Open();
        Task taken;
        do
        {
            taken = stream.OnNextAsync("four");
            await silo.AdvanceUntil(TimeSpan.Zero, () => taken.IsCompleted);
        }
        while (taken.IsFaulted);
        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count == 3);
        Assert.Equal(["one", "two", "four"], _script.Got);
    }

    [Fact]
    public async Task Batch_LargerThanWhatIsFree_IsRefusedAsAWhole()
    {
        await using var silo = await StreamSilo.StartAsync(_script, o => o.MaxItemsPerPartition = 3);
        var stream = silo.Stream("scripted");

        await Assert.ThrowsAsync<LimitExceededException>(() => stream.OnNextBatchAsync(["one", "two", "three", "four"]));

        await stream.OnNextBatchAsync(["five", "six", "seven"]);
        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count == 3);
        Assert.Equal(["five", "six", "seven"], _script.Got);
    }

    [Fact]
    public async Task Item_BeforeAnObserverIsAttached_IsDropped()
    {
        await using var silo = await StreamSilo.StartAsync(_script);
        var stream = silo.Stream("late", "255");
        await stream.OnNextAsync("early");

        await silo.Client.GetGrain<ILateConsumerGrain>(255).Attach();
        await stream.OnNextAsync("in time");

        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count > 0);
        Assert.Equal(["in time"], _script.Got);
    }

    [Fact]
    public async Task Item_AfterTheObserverIsDetached_IsDropped()
    {
        await using var silo = await StreamSilo.StartAsync(_script);
        var stream = silo.Stream("late", "1");
        var grain = silo.Client.GetGrain<ILateConsumerGrain>(1);
        await grain.Attach();
        await stream.OnNextAsync("before");
        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count > 0);

        await grain.Detach();
        await stream.OnNextAsync("after");
        await grain.Attach();
        await stream.OnNextAsync("again");

        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count > 1);
        Assert.Equal(["before", "again"], _script.Got);
    }

    [Fact]
    public async Task Item_ThatIsRefused_IsDeliveredAgainAfterGrowingDelaysUntilItIsSkipped()
    {
        await using var silo = await StreamSilo.StartAsync(_script);
        var tries = new List<DateTimeOffset>();
        _script.OnNext = item =>
        {
            if (item != "bad")
                return Task.CompletedTask;
            tries.Add(silo.Time.GetUtcNow());
            throw new InvalidOperationException("It is refused.");
        };
        var stream = silo.Stream("scripted");

        await stream.OnNextBatchAsync(["good", "bad", "later"]);
        await silo.AdvanceUntil(TimeSpan.FromMilliseconds(50), () => _script.Got.Count == 3);

        Assert.Equal(["good", nameof(StreamEventDeliveryFailureException), "later"], _script.Got);
        Assert.Equal([0, 100, 300, 700, 1500], tries.Take(5).Select(t => (t - tries[0]).TotalMilliseconds));
        Assert.InRange((tries[^1] - tries[0]).TotalSeconds, 60, 66);
    }

    [Fact]
    public async Task Partition_ThatHasDeliveredEverything_KeepsNothingOfItsStreams()
    {
        await using var silo = await StreamSilo.StartAsync(_script);
        for (var i = 0; i < 100; i++)
            await silo.Stream("scripted", $"{i}").OnNextAsync("item");

        await silo.AdvanceUntil(TimeSpan.Zero, () => _script.Got.Count == 100);

        var partitions = silo.Catalog.Activations.Select(a => a.GrainInstance).OfType<MemoryStreamPartitionGrain>().ToArray();
        Assert.NotEmpty(partitions);
        await silo.AdvanceUntil(TimeSpan.Zero, () => partitions.All(p => p.ActiveStreams == 0));
    }

    [Fact]
    public async Task Silo_WhoseStreamsHaveOtherSubscriptions_DoesNotStart()
    {
        await using var silo = TestSilo.Create(s => s.AddMemoryStreams("streams"));

        var exception = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(silo.StartHostAsync);

        Assert.Contains("ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubscribeAsync_OutsideOfASubscribedGrain_IsRefused()
    {
        await using var silo = await StreamSilo.StartAsync(_script);

        await Assert.ThrowsAsync<NotSupportedException>(() => silo.Stream("scripted").SubscribeAsync((_, _) => Task.CompletedTask));
    }

    [Fact]
    public void PartitionOf_AStream_IsTheSameInEveryProcess()
    {
        var partitions = Enumerable.Range(0, 8).Select(i => ImplicitSubscriptions.PartitionOf(StreamId.Create("ns", i), 8));

        Assert.Equal([0, 5, 4, 0, 3, 7, 5, 0], partitions);
    }

    [Fact]
    public void SubscriptionOf_AGrainToAStream_IsTheSameInEveryProcess()
    {
        var subscription = ImplicitSubscriptions.SubscriptionOf(GrainId.Create("consumer", "key"), "streams", StreamId.Create("ns", "key"));

        Assert.Equal("d3df0cad-7c85-c45a-506b-e4057fe91f74", subscription.Id.ToString());
    }
}
