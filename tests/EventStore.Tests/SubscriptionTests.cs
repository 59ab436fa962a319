using System.Threading.Channels;
using Crescent.EventStore.InMemory;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static Crescent.EventStore.Tests.Sample;

namespace Crescent.EventStore.Tests;

public sealed class SubscriptionTests
{
    static readonly SubscriptionOptions Options = new()
    {
        BatchSize = 10,
        PollInterval = TimeSpan.FromSeconds(5),
        FirstRetryDelay = TimeSpan.FromSeconds(1),
        MaxRetryDelay = TimeSpan.FromSeconds(3),
    };

    readonly InMemoryEventStore _store = new(Types);
    readonly ManualTime _time = new();
    readonly Subscriber _subscriber = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Backlog_ComesInOrderAndInBoundedBatches()
    {
        await Append(25);

        await Running(_store.Signal, async _ =>
        {
            int[] sizes = [(await Next()).Count, (await Next()).Count, (await Next()).Count];
            Assert.Equal([10, 10, 5], sizes);
            Assert.Equal(Enumerable.Range(1, 25).Select(position => (long)position), _subscriber.Applied);
        });
    }

    [Fact]
    public async Task Run_FullBatch_ReadsTheNextOneMeanwhile()
    {
        await Append(25);
        var log = new WatchedLog(_store);
        _subscriber.BeforeApply = events => events[0].Position == 1 ? log.WhenAsked(after: 10) : Task.CompletedTask;

        await Running(_store.Signal, async _ =>
        {
            Assert.Equal(25, (await Next()).Count + (await Next()).Count + (await Next()).Count);
            Assert.Equal([0L, 10, 20], log.Asked.Take(3));
        }, log);
    }

    [Fact]
    public async Task Run_FullBatchFails_IsAppliedAgainInOrder()
    {
        await Append(25);
        _subscriber.FailuresLeft = 2;

        await Running(_store.Signal, async _ =>
        {
            await PollUntilApplied();
            while (_subscriber.Applied.Count < 25) await Next();
            Assert.Equal(Enumerable.Range(1, 25).Select(position => (long)position), _subscriber.Applied);
        });
    }

    [Fact]
    public async Task Run_Checkpoint_IsWhereItGoesOn()
    {
        await Append(25);
        _subscriber.Checkpoint = 23;

        await Running(_store.Signal, async _ => Assert.Equal([24L, 25], (await Next()).Select(e => e.Position)));
    }

    [Fact]
    public async Task Run_NewEvents_WakeItWithoutTheClock()
    {
        await Running(_store.Signal, async _ =>
        {
            await Append(1);
            Assert.Equal([1L], (await Next()).Select(e => e.Position));
            await Append(2);
            var next = await Next();
            if (next.Count == 1) next = [.. next, .. await Next()];
            Assert.Equal([2L, 3], next.Select(e => e.Position));
        });
    }

    [Fact]
    public async Task Run_SignalThatSaysNothing_IsMadeUpForByPolling()
    {
        await Running(new Mute(), async _ =>
        {
            await _time.AdvanceToNextAsync(Ct);
            await Append(1);
            var polls = PollUntilApplied();
            Assert.Equal([1L], (await Next()).Select(e => e.Position));
            Assert.All(await polls, step => Assert.Equal(Options.PollInterval, step));
        });
    }

    [Fact]
    public async Task Run_FailingSubscriber_IsRetriedFromItsCheckpointWithGrowingPauses()
    {
        await Append(3);
        _subscriber.FailuresLeft = 4;

        await Running(_store.Signal, async subscription =>
        {
            var pauses = new List<TimeSpan>();
            while (pauses.Count < 4) pauses.Add(await _time.AdvanceToNextAsync(Ct));
            Assert.Equal([1, 2, 3, 3], pauses.Select(pause => pause.TotalSeconds));
            Assert.Equal(3, (await Next()).Count);
            Assert.Equal(5, _subscriber.CheckpointReads);
            Assert.Equal(3, subscription.Position);
        });
    }

    [Fact]
    public async Task Run_Cancelled_EndsWithoutAnException()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var run = NewSubscription(_store.Signal).RunAsync(stop.Token);

        await stop.CancelAsync();

        await run.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public void Validate_WrongBounds_AreNamed()
    {
        Assert.Contains("BatchSize", Assert.Throws<ArgumentException>(() => (Options with { BatchSize = 0 }).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("PollInterval", Assert.Throws<ArgumentException>(() => (Options with { PollInterval = TimeSpan.Zero }).Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("MaxRetryDelay", Assert.Throws<ArgumentException>(() => (Options with { MaxRetryDelay = TimeSpan.Zero }).Validate()).Message, StringComparison.Ordinal);
    }

    async Task Append(int count)
    {
        for (var i = 0; i < count; i++) await _store.AppendAsync(Request(NewStream(), 0, Counted()), Ct);
    }

    async Task<IReadOnlyList<RecordedEvent>> Next() =>
        await _subscriber.Batches.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Ct);

    async Task<List<TimeSpan>> PollUntilApplied()
    {
        var steps = new List<TimeSpan>();
        while (_subscriber.Applied.Count == 0) steps.Add(await _time.AdvanceToNextAsync(Ct));
        return steps;
    }

    Subscription NewSubscription(ILogSignal signal, ILogReader? log = null) =>
        new(_subscriber, log ?? _store, signal, Options, _time, NullLogger<Subscription>.Instance);

    async Task Running(ILogSignal signal, Func<Subscription, Task> act, ILogReader? log = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var subscription = NewSubscription(signal, log);
        var run = subscription.RunAsync(stop.Token);
        await act(subscription);
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    sealed class Subscriber : ISubscriber
    {
        public string Name => "sample";

        public long Checkpoint { get; set; }

        public int CheckpointReads { get; private set; }

        public int FailuresLeft { get; set; }

        public Func<IReadOnlyList<RecordedEvent>, Task> BeforeApply { get; set; } = static _ => Task.CompletedTask;

        public List<long> Applied { get; } = [];

        public Channel<IReadOnlyList<RecordedEvent>> Batches { get; } = Channel.CreateUnbounded<IReadOnlyList<RecordedEvent>>();

        public Task<long> ReadCheckpointAsync(CancellationToken ct)
        {
            CheckpointReads++;
            return Task.FromResult(Checkpoint);
        }

        public async Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
        {
            await BeforeApply(events).WaitAsync(TimeSpan.FromSeconds(10), ct);
            if (FailuresLeft-- > 0) throw new InvalidOperationException("Not now.");
            Checkpoint = events[^1].Position;
            Applied.AddRange(events.Select(e => e.Position));
            Batches.Writer.TryWrite(events);
        }
    }

    sealed class WatchedLog(ILogReader inner) : ILogReader
    {
        readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<long> Asked { get; } = [];

        public Task WhenAsked(long after) => Asked.Contains(after) ? Task.CompletedTask : _asked.Task;

        public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default)
        {
            Asked.Add(afterPosition);
            if (afterPosition > 0) _asked.TrySetResult();
            return inner.ReadLogAsync(afterPosition, maxCount, ct);
        }
    }

    sealed class Mute : ILogSignal
    {
        public long Head => 0;

        public Task WaitBeyondAsync(long position, CancellationToken ct = default) => new TaskCompletionSource().Task.WaitAsync(ct);
    }
}
