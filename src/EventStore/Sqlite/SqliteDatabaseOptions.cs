namespace Crescent.EventStore.Sqlite;

/// <summary>One database file and the bounds of the work on it.</summary>
public sealed record SqliteDatabaseOptions
{
    /// <summary>The database file; created if it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>Threads that answer queries side by side, each on a connection of its own.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>Work that may wait for the writer, and again for the readers; whoever comes then waits for room.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>The most pieces of work in one commit.</summary>
    public int MaxWorkPerCommit { get; init; } = 1024;

    /// <summary>How long a statement waits for a lock that another process holds, such as a backup.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Page cache of each connection, in KiB.</summary>
    public int CacheKibibytes { get; init; } = 16 * 1024;

    /// <summary>Pages in the write-ahead log after which they are moved into the file.</summary>
    public int CheckpointPages { get; init; } = 4000;

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Path)) throw new ArgumentException("The SQLite Path must name a file, but is empty.");
        if (Readers is < 1 or > 64) throw new ArgumentException($"SQLite Readers must be from 1 to 64, but is {Readers}.");
        if (QueueCapacity < 1) throw new ArgumentException($"SQLite QueueCapacity must be at least 1, but is {QueueCapacity}.");
        if (MaxWorkPerCommit < 1) throw new ArgumentException($"SQLite MaxWorkPerCommit must be at least 1, but is {MaxWorkPerCommit}.");
        if (CacheKibibytes < 64) throw new ArgumentException($"SQLite CacheKibibytes must be at least 64, but is {CacheKibibytes}.");
        if (CheckpointPages < 1) throw new ArgumentException($"SQLite CheckpointPages must be at least 1, but is {CheckpointPages}.");
        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(10))
            throw new ArgumentException($"SQLite BusyTimeout must be from 0 to 10 minutes, but is {BusyTimeout}.");
    }
}
