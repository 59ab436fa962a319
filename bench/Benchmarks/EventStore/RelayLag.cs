using System.Diagnostics;
using System.Globalization;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.EventStore;

/// <summary>
/// How long after its append was acknowledged an event is handed on by a subscription that reads and gathers like the
/// relay and the read models, while events are appended one each, evenly, at half of the rate that the store sustains.
/// </summary>
internal static class RelayLag
{
    private const int Callers = 256;
    private const int SustainedCallers = 1024;
    private const int SustainedEvents = 60_000;
    private const double WarmUpSeconds = 2;
    private const double Seconds = 8;

    private static readonly SubscriptionOptions s_likeTheRelay = new() { GatherTime = TimeSpan.FromMilliseconds(25) };

    public static async Task RunAsync()
    {
        var database = PostgresAppendBenchmark.Server.TakeDatabase();
        await using (var store = PostgresAppendBenchmark.Open(database))
        await using (var other = PostgresAppendBenchmark.Open(database))
        {
            await Task.WhenAll(store.StartAsync(), other.StartAsync());
            await Samples.AppendAsync(store, SustainedCallers, size: 1, SustainedEvents);
            var half = await Samples.AppendAsync(store, SustainedCallers, size: 1, SustainedEvents) / 2;

            Console.WriteLine();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"### Relay lag at half load (PostgreSQL), {half:N0} events/s"));
            Console.WriteLine("| reader | appended events/s | p50 ms | p99 ms | longest ms |");
            Console.WriteLine("|---|--:|--:|--:|--:|");
            await MeasureAsync("on the store that appends", store, store, half);
            await MeasureAsync("on another one, as in another process", store, other, half);
        }

        PostgresAppendBenchmark.Server.GiveBack(database);
    }

    private static async Task MeasureAsync(string name, PostgresEventStore appends, PostgresEventStore reads, double rate)
    {
        var first = await appends.ReadHeadAsync();
        var lags = new Lags(first, (int)(rate * (WarmUpSeconds + Seconds)));
        var subscription = new Subscription(lags, new LogTail(reads), reads.Signal, s_likeTheRelay, TimeProvider.System, NullLogger<Subscription>.Instance);
        using var stop = new CancellationTokenSource();
        var running = subscription.RunAsync(stop.Token);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => AppendAsync(appends, lags, caller, rate))));
        var perSecond = lags.Count / clock.Elapsed.TotalSeconds;
        await lags.Complete;
        await stop.CancelAsync();
        await running;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {perSecond:N0} | {lags.Describe((int)(rate * WarmUpSeconds))} |"));
    }

    /// <summary>One of the callers, each with a stream of its own, which take turns; who is late does not wait.</summary>
    private static async Task AppendAsync(PostgresEventStore store, Lags lags, int caller, double rate)
    {
        var stream = new StreamName(StreamCategory.Inventory, Guid.CreateVersion7().ToString());
        var clock = Stopwatch.StartNew();
        for (var (turn, version) = (caller, 0); turn < lags.Count; turn += Callers, version++)
        {
            var early = TimeSpan.FromSeconds(turn / rate) - clock.Elapsed;
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early);
            if (await store.AppendAsync(new AppendRequest(stream, version, Guid.CreateVersion7(), [Samples.NewEvent(stream.Id)])) is not AppendResult.Appended appended)
                throw new InvalidOperationException("An append with the right version was refused.");
            lags.Acknowledged(appended.LastPosition);
        }
    }

    /// <summary>When each of the next events was acknowledged, and when it was handed on.</summary>
    private sealed class Lags(long before, int count) : ISubscriber
    {
        private readonly long[] _acknowledged = new long[count];
        private readonly long[] _handedOn = new long[count];
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "relay-lag";

        public int Count => count;

        public Task Complete => _complete.Task;

        public void Acknowledged(long position) => _acknowledged[position - before - 1] = Stopwatch.GetTimestamp();

        public Task<long> ReadCheckpointAsync(CancellationToken ct) => Task.FromResult(before);

        public Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var e in events) _handedOn[e.Position - before - 1] = now;
            if (events[^1].Position - before == count) _complete.SetResult();
            return Task.CompletedTask;
        }

        /// <summary>An event may be handed on before whoever appended it has gone on: that is no lag.</summary>
        public string Describe(int skip)
        {
            var lags = _handedOn.Zip(_acknowledged, (handedOn, acknowledged) => Math.Max(0, Stopwatch.GetElapsedTime(acknowledged, handedOn).TotalMilliseconds))
                .Skip(skip).Order().ToArray();
            return string.Create(CultureInfo.InvariantCulture, $"{lags[lags.Length / 2]:0.0} | {lags[lags.Length * 99 / 100]:0.0} | {lags[^1]:0.0}");
        }
    }
}
