namespace Crescent.Grains.Analytics;

/// <summary>Bounds of analytics grains, from <c>Crescent:Analytics</c>.</summary>
public sealed record AnalyticsOptions
{
    public const string Section = "Crescent:Analytics";

    /// <summary>Events of the log read at once when something was missed.</summary>
    public int CatchUpBatch { get; set; } = 1000;

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => CatchUpBatch < 1 ? $"{Section}:{nameof(CatchUpBatch)} must be 1 or more." : null;
}
