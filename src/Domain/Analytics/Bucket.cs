namespace Crescent.Domain.Analytics;

public enum Metric
{
    /// <summary>Orders placed.</summary>
    Orders,

    /// <summary>Captured less refunded, per currency.</summary>
    Revenue,

    /// <summary>Units that left the stock, less those that came back, per product.</summary>
    Units,

    /// <summary>Users created.</summary>
    Registrations,
}

public enum BucketSize
{
    Minute,
    Hour,
    Day,
}

/// <param name="Dimension">Currency or product id; empty for metrics without one.</param>
/// <param name="Start">In UTC.</param>
public readonly record struct BucketKey(Metric Metric, string Dimension, BucketSize Size, DateTimeOffset Start);

public readonly record struct BucketIncrement(BucketKey Key, decimal Amount);

public readonly record struct Bucket(BucketKey Key, decimal Value);
