using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>How long calls took: count, sum and a histogram by upper bounds, each an observable counter.</summary>
internal sealed class LatencyCounters
{
    private static readonly long[] UpperBoundsInMilliseconds = [1, 2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_500, 2_000, 5_000, 10_000, 15_000];

    private readonly long[] _buckets = new long[UpperBoundsInMilliseconds.Length + 1];
    private readonly Instrument _count;
    private long _calls;
    private long _milliseconds;

    public LatencyCounters(Meter meter)
    {
        _count = meter.CreateObservableCounter("orleans-app-requests-latency-count", () => Volatile.Read(ref _calls));
        meter.CreateObservableCounter("orleans-app-requests-latency-sum", () => Volatile.Read(ref _milliseconds), "ms");
        meter.CreateObservableCounter("orleans-app-requests-latency-bucket", Buckets);
    }

    public bool IsEnabled => _count.Enabled;

    public void Add(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        var bucket = 0;
        while (bucket < UpperBoundsInMilliseconds.Length && UpperBoundsInMilliseconds[bucket] < milliseconds)
        {
            bucket++;
        }

        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _milliseconds, milliseconds);
    }

    private IEnumerable<Measurement<long>> Buckets()
    {
        for (var i = 0; i < _buckets.Length; i++)
        {
            var bound = i < UpperBoundsInMilliseconds.Length ? $"{UpperBoundsInMilliseconds[i]}ms" : "+Inf";
            yield return new(Volatile.Read(ref _buckets[i]), new KeyValuePair<string, object?>("duration", bound));
        }
    }
}
