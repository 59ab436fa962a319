namespace Crescent.Domain.Analytics;

/// <summary>Where the buckets are. The increments of a batch and the consumer's checkpoint change in one transaction.</summary>
public interface IAnalyticsStore
{
    /// <summary>The position up to which this consumer has counted; 0 if it has not begun.</summary>
    Task<long> ReadCheckpointAsync(string consumer, CancellationToken ct = default);

    /// <summary>
    /// Adds the increments, any number for one bucket, and moves the checkpoint. False, and nothing is changed, if the checkpoint is not at
    /// <paramref name="from"/>: somebody else has counted the batch.
    /// </summary>
    Task<bool> ApplyAsync(
        string consumer, long from, long to, IReadOnlyList<BucketIncrement> increments, CancellationToken ct = default);

    /// <summary>Buckets that begin in [<paramref name="since"/>, <paramref name="before"/>), oldest first.</summary>
    Task<IReadOnlyList<Bucket>> QueryAsync(
        Metric metric, BucketSize size, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default);
}
