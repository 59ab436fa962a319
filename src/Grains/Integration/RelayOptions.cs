namespace Crescent.Grains.Integration;

/// <summary>How the relay reads and announces, from <c>Crescent:Relay</c>.</summary>
public sealed record RelayOptions
{
    public const string Section = "Crescent:Relay";

    /// <summary>Events read and published at once.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// The least time between two rounds of publishing, unless there is a full one: under load events gather to fewer items,
    /// and the first one after a quiet time waits for nothing.
    /// </summary>
    public TimeSpan GatherTime { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How often the heads of all partitions are announced, so that a lost last item is noticed.</summary>
    public TimeSpan AnnounceEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause after a failure.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        { BatchSize: < 1 } => $"{Section}:{nameof(BatchSize)} must be 1 or more.",
        _ when GatherTime < TimeSpan.Zero || GatherTime > AnnounceEvery =>
            $"{Section}:{nameof(GatherTime)} must be from 0 to {nameof(AnnounceEvery)}, because every consumer lags by as much.",
        _ when AnnounceEvery <= TimeSpan.Zero => $"{Section}:{nameof(AnnounceEvery)} must be longer than 0.",
        _ when RetryDelay <= TimeSpan.Zero => $"{Section}:{nameof(RetryDelay)} must be longer than 0.",
        _ => null,
    };
}
