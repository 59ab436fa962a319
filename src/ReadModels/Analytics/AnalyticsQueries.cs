using Crescent.Domain.Analytics;

namespace Crescent.ReadModels.Analytics;

/// <summary>Questions to the analytics buckets, in the words of the rows.</summary>
public sealed class AnalyticsQueries(IAnalyticsStore store)
{
    /// <summary>What is counted: <c>orders</c>, <c>revenue</c> per currency, <c>units</c> per product, <c>registrations</c>.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [.. Enum.GetValues<Metric>().Select(JsonNames.Of)];

    /// <summary>How wide a bucket may be, by its word.</summary>
    public static IReadOnlyDictionary<string, TimeSpan> Widths { get; } = new Dictionary<string, TimeSpan>
    {
        [JsonNames.Of(BucketSize.Minute)] = TimeSpan.FromMinutes(1),
        [JsonNames.Of(BucketSize.Hour)] = TimeSpan.FromHours(1),
        [JsonNames.Of(BucketSize.Day)] = TimeSpan.FromDays(1),
    };

    /// <summary>Buckets that begin in [<paramref name="since"/>, <paramref name="before"/>) and that something was counted in, oldest first.</summary>
    /// <param name="metric">One of <see cref="Metrics"/>.</param>
    /// <param name="width">One of <see cref="Widths"/>.</param>
    /// <param name="since">Inclusive.</param>
    /// <param name="before">Exclusive.</param>
    /// <param name="ct">Ends with whoever asks.</param>
    public async Task<IReadOnlyList<BucketRow>> ListAsync(
        string metric, string width, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default)
    {
        var buckets = await store.QueryAsync(Parse<Metric>(metric), Parse<BucketSize>(width), since, before, ct);
        return [.. buckets.Select(static bucket => new BucketRow(bucket.Key.Start, bucket.Key.Dimension, bucket.Value))];
    }

    private static T Parse<T>(string word) where T : struct, Enum => Enum.GetValues<T>().First(value => JsonNames.Of(value) == word);
}

/// <summary>One bucket.</summary>
/// <param name="Start">When it begins, in UTC.</param>
/// <param name="Dimension">Currency or product id; empty for metrics without one.</param>
/// <param name="Value">How much or how many.</param>
public sealed record BucketRow(DateTimeOffset Start, string Dimension, decimal Value);
