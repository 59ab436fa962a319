using Crescent.EventStore.Postgres;

namespace Crescent.ReadModels.Storage.Postgres;

/// <summary>The read models of all processes on a PostgreSQL database.</summary>
public sealed record PostgresViewsOptions
{
    private const int LongestName = 63;

    /// <summary>The database of the events: an effect and its lease share a transaction. The bounds are those of the queries.</summary>
    public required PostgresDatabaseOptions Database { get; init; }

    /// <summary>
    /// The schema of the tables, created if it is missing; null for the one that the connection writes to. Another one
    /// beside it can be built from the log and compared.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>The most connections of this process that write.</summary>
    public int WriteConnections { get; init; } = 8;

    /// <summary>How often a query is tried again after trouble that may pass, before it fails.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The pause before each further try.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to keep trying to reach the database at start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to look how far the projections have come, while somebody waits for one.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        Database.Validate();
        if (Schema is not null && !IsName(Schema))
            throw new ArgumentException($"The read models' Schema must be a name of small letters, digits and _, but is '{Schema}'.");
        if (WriteConnections is < 3 or > 1000)
            throw new ArgumentException($"The read models' WriteConnections must be from 3 to 1000, but is {WriteConnections}.");
        if (Retries is < 0 or > 100) throw new ArgumentException($"The read models' Retries must be from 0 to 100, but is {Retries}.");
        if (RetryDelay < TimeSpan.Zero) throw new ArgumentException($"The read models' RetryDelay must not be negative, but is {RetryDelay}.");
        if (StartTimeout < TimeSpan.Zero) throw new ArgumentException($"The read models' StartTimeout must not be negative, but is {StartTimeout}.");
        if (ProgressInterval <= TimeSpan.Zero)
            throw new ArgumentException($"The read models' ProgressInterval must be positive, but is {ProgressInterval}.");
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
