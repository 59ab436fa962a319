using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Postgres;

/// <summary>The event store that several processes share.</summary>
public sealed record PostgresEventStoreOptions
{
    /// <summary>The database of events, snapshots, personal keys and leases.</summary>
    public required PostgresDatabaseOptions Database { get; init; }

    /// <summary>The 32 bytes that wrap the personal keys; kept outside of the database.</summary>
    public required ReadOnlyMemory<byte> MasterKey { get; init; }

    /// <summary>Appends that may wait for the appender; whoever comes then waits for room.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>The most appends in one commit.</summary>
    public int MaxAppendsPerCommit { get; init; } = 1024;

    /// <summary>The most events in one commit, unless a single append has more.</summary>
    public int MaxEventsPerCommit { get; init; } = 2000;

    /// <summary>Streams whose last version is remembered, so that the next append need not look it up.</summary>
    public int KnownStreams { get; init; } = 50_000;

    /// <summary>How often an append or a query is tried again after trouble that may pass, before the store counts as unavailable.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before each further try.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to keep trying to reach the database at start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to look for events of other processes, beside being told.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two announcements of events to the other processes; the first one comes at once.</summary>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Personal keys kept at hand.</summary>
    public int CachedPersonalKeys { get; init; } = 10_000;

    /// <summary>How long a personal key at hand is used without asking whether another process destroyed it; news of that mostly comes at once.</summary>
    public TimeSpan PersonalKeyLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A transaction of anybody open for longer than this is warned of: it keeps old versions of the log's head alive, which slows every append.</summary>
    public TimeSpan OldSnapshotAlarm { get; init; } = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        Database.Validate();
        if (MasterKey.Length != PersonalKey.Size)
            throw new ArgumentException($"The event store's MasterKey must have {PersonalKey.Size} bytes, but has {MasterKey.Length}.");
        CheckAtLeastOne(QueueCapacity, nameof(QueueCapacity));
        CheckAtLeastOne(MaxAppendsPerCommit, nameof(MaxAppendsPerCommit));
        CheckAtLeastOne(MaxEventsPerCommit, nameof(MaxEventsPerCommit));
        CheckAtLeastOne(KnownStreams, nameof(KnownStreams));
        CheckAtLeastOne(CachedPersonalKeys, nameof(CachedPersonalKeys));
        if (Retries is < 0 or > 100) throw new ArgumentException($"The event store's Retries must be from 0 to 100, but is {Retries}.");
        if (RetryDelay < TimeSpan.Zero) throw new ArgumentException($"The event store's RetryDelay must not be negative, but is {RetryDelay}.");
        if (StartTimeout < TimeSpan.Zero) throw new ArgumentException($"The event store's StartTimeout must not be negative, but is {StartTimeout}.");
        CheckPositive(PollInterval, nameof(PollInterval));
        CheckPositive(AnnounceInterval, nameof(AnnounceInterval));
        CheckPositive(PersonalKeyLifetime, nameof(PersonalKeyLifetime));
        CheckPositive(OldSnapshotAlarm, nameof(OldSnapshotAlarm));
    }

    static void CheckAtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentException($"The event store's {name} must be at least 1, but is {value}.");
    }

    static void CheckPositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new ArgumentException($"The event store's {name} must be positive, but is {value}.");
    }
}
