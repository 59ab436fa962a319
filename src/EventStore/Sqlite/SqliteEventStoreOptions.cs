using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Sqlite;

/// <summary>The embedded event store: one file in the data folder.</summary>
public sealed record SqliteEventStoreOptions
{
    /// <summary>The file of events, snapshots and personal keys.</summary>
    public required SqliteDatabaseOptions Database { get; init; }

    /// <summary>The 32 bytes that wrap the personal keys; kept outside of the database.</summary>
    public required ReadOnlyMemory<byte> MasterKey { get; init; }

    /// <summary>Personal keys kept at hand.</summary>
    public int CachedPersonalKeys { get; init; } = 10_000;

    /// <summary>How often an append or a query is tried again after trouble that may pass, before the store counts as unavailable.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before each further try.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        Database.Validate();
        if (MasterKey.Length != PersonalKey.Size)
            throw new ArgumentException($"The event store's MasterKey must have {PersonalKey.Size} bytes, but has {MasterKey.Length}.");
        if (CachedPersonalKeys < 1) throw new ArgumentException($"The event store's CachedPersonalKeys must be at least 1, but is {CachedPersonalKeys}.");
        if (Retries is < 0 or > 100) throw new ArgumentException($"The event store's Retries must be from 0 to 100, but is {Retries}.");
        if (RetryDelay < TimeSpan.Zero) throw new ArgumentException($"The event store's RetryDelay must not be negative, but is {RetryDelay}.");
    }
}
