namespace Crescent.EventStore.Leases;

/// <summary>The times of a lease, from <c>Crescent:Leases</c>; after its holder dies another one takes over within <see cref="Duration"/> plus <see cref="RetryInterval"/>.</summary>
public sealed record LeaseOptions
{
    public const string Section = "Crescent:Leases";

    /// <summary>How long a lease lasts after its last renewal. Longer than any pause that should not change hands.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the holder renews.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How often whoever waits tries to take it, and the pause after work that failed.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem()
    {
        if (RenewInterval <= TimeSpan.Zero) return $"{Section}:{nameof(RenewInterval)} must be positive, but is {RenewInterval}.";
        if (RetryInterval <= TimeSpan.Zero) return $"{Section}:{nameof(RetryInterval)} must be positive, but is {RetryInterval}.";
        if (Duration < 2 * RenewInterval)
            return $"{Section}:{nameof(Duration)} ({Duration}) must be at least twice {nameof(RenewInterval)} ({RenewInterval}), so that one renewal may fail.";
        return null;
    }
}
