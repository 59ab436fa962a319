namespace Crescent.EventStore;

/// <summary>The bounds of a <see cref="Subscription"/>.</summary>
public sealed record SubscriptionOptions
{
    /// <summary>The most events handed over at once.</summary>
    public int BatchSize { get; init; } = 2000;

    /// <summary>
    /// The least time between two batches, unless there is a full one: under load events gather instead of each being a
    /// transaction of its own, and the first one after a quiet time waits for nothing.
    /// </summary>
    public TimeSpan GatherTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long a reader that is told nothing waits before it looks for itself.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after the first failure in a row; it doubles with each further one.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        if (BatchSize is < 1 or > 10_000) throw new ArgumentException($"Subscription BatchSize must be from 1 to 10000, but is {BatchSize}.");
        if (GatherTime < TimeSpan.Zero || GatherTime > TimeSpan.FromSeconds(1))
            throw new ArgumentException($"Subscription GatherTime must be from 0 to 1 second, because read models lag by as much, but is {GatherTime}.");
        if (PollInterval <= TimeSpan.Zero) throw new ArgumentException($"Subscription PollInterval must be positive, but is {PollInterval}.");
        if (FirstRetryDelay <= TimeSpan.Zero) throw new ArgumentException($"Subscription FirstRetryDelay must be positive, but is {FirstRetryDelay}.");
        if (MaxRetryDelay < FirstRetryDelay)
            throw new ArgumentException($"Subscription MaxRetryDelay ({MaxRetryDelay}) must not be shorter than FirstRetryDelay ({FirstRetryDelay}).");
    }
}
