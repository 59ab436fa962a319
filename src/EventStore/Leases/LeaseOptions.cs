namespace Crescent.EventStore.Leases;

/// <summary>The times of a lease; after its holder dies another one takes over within <see cref="Duration"/> plus <see cref="RetryInterval"/>.</summary>
public sealed record LeaseOptions
{
    /// <summary>How long a lease lasts after its last renewal. Longer than any pause that should not change hands.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the holder renews.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How often whoever waits tries to take it, and the pause after work that failed.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        if (RenewInterval <= TimeSpan.Zero) throw new ArgumentException($"Lease RenewInterval must be positive, but is {RenewInterval}.");
        if (RetryInterval <= TimeSpan.Zero) throw new ArgumentException($"Lease RetryInterval must be positive, but is {RetryInterval}.");
        if (Duration < 2 * RenewInterval)
            throw new ArgumentException($"Lease Duration ({Duration}) must be at least twice RenewInterval ({RenewInterval}), so that one renewal may fail.");
    }
}
