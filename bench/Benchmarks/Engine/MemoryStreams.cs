using System.Diagnostics;
using System.Globalization;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Benchmarks.Engine;

[GenerateSerializer, Immutable]
public sealed record StreamReading([property: Id(0)] int Number, [property: Id(1)] long ProducedAt);

public interface IReadingConsumerGrain : IGrainWithIntegerKey;

[ImplicitStreamSubscription(MemoryStreams.Namespace)]
public sealed class ReadingConsumerGrain : Grain, IReadingConsumerGrain, IStreamSubscriptionObserver, IAsyncObserver<StreamReading>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<StreamReading>().ResumeAsync(this);

    public Task OnNextAsync(StreamReading item, StreamSequenceToken? token = null)
    {
        MemoryStreams.Arrive(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}

/// <summary>Items a second through memory streams, produced one by one, until the last has arrived; and how long one takes.</summary>
internal static class MemoryStreams
{
    public const string Namespace = "readings";
    private const string Provider = "streams";
    private const int Producers = 16;
    private const int ItemsPerProducer = 10_000;
    private const int Probes = 2_000;
    private static readonly List<TimeSpan> Delays = [];
    private static TaskCompletionSource s_allArrived = new();
    private static int s_missing;

    public static async Task RunAsync()
    {
        await using var silo = await MeasuredSilo.StartAsync(
            builder => builder.AddMemoryStreams(Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly)));
        var streams = silo.Client.GetStreamProvider(Provider);

        await new Comparison($"memory streams: {Producers} producers, single items, one consumer a stream", "items/s")
            .Add("produced and delivered", () => MeasuredSilo.RateOf(Producers * ItemsPerProducer, () => ProduceAsync(streams)))
            .RunAsync();

        await ProbeAsync(streams.GetStream<StreamReading>(StreamId.Create(Namespace, Producers)));
        Delays.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"latency of one item: p50 {Delays[Probes / 2].TotalMilliseconds:0.000} ms, p99 {Delays[Probes * 99 / 100].TotalMilliseconds:0.000} ms"));
    }

    /// <summary>The consumers' side.</summary>
    public static void Arrive(StreamReading item)
    {
        if (item.ProducedAt != 0)
            Delays.Add(Stopwatch.GetElapsedTime(item.ProducedAt));
        if (Interlocked.Decrement(ref s_missing) == 0)
            s_allArrived.SetResult();
    }

    private static async Task ProduceAsync(IStreamProvider streams)
    {
        Expect(Producers * ItemsPerProducer);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(async producer =>
        {
            await Task.Yield();
            var stream = streams.GetStream<StreamReading>(StreamId.Create(Namespace, producer));
            for (var i = 0; i < ItemsPerProducer; i++)
                await stream.OnNextAsync(new(i, ProducedAt: 0));
        }));
        await s_allArrived.Task;
    }

    private static async Task ProbeAsync(IAsyncStream<StreamReading> stream)
    {
        for (var i = 0; i < Probes; i++)
        {
            Expect(1);
            await stream.OnNextAsync(new(i, Stopwatch.GetTimestamp()));
            await s_allArrived.Task;
        }
    }

    private static void Expect(int items)
    {
        s_allArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref s_missing, items);
    }
}
