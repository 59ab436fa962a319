using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>A PostgreSQL database and the bounds of the work on it.</summary>
public sealed record PostgresDatabaseOptions
{
    /// <summary>Where the database is and who asks, as Npgsql writes it. Bounds of connections and times are set here instead.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The most connections of this process; whoever comes then waits for one.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>How long connecting may take, and waiting for one of the connections.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take, its wait for locks included.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the migrations of one component may take, their wait for another process's included.</summary>
    public TimeSpan MigrationTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="ArgumentException">A value is out of its range; the message says which and why.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString)) throw new ArgumentException("The PostgreSQL ConnectionString must name a server, but is empty.");
        CheckConnectionString();
        if (MaxConnections is < 3 or > 1000)
            throw new ArgumentException($"PostgreSQL MaxConnections must be from 3 (one appends, one listens, the others read) to 1000, but is {MaxConnections}.");
        CheckSeconds(ConnectTimeout, nameof(ConnectTimeout), TimeSpan.FromMinutes(1));
        CheckSeconds(StatementTimeout, nameof(StatementTimeout), TimeSpan.FromMinutes(10));
        CheckSeconds(MigrationTimeout, nameof(MigrationTimeout), TimeSpan.FromDays(1));
    }

    void CheckConnectionString()
    {
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Host))
                throw new ArgumentException("The PostgreSQL ConnectionString names no Host.");
        }
        catch (ArgumentException e) when (e.ParamName is not null)
        {
            throw new ArgumentException($"The PostgreSQL ConnectionString is wrong: {e.Message}", e);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException)
        {
            throw new ArgumentException($"The PostgreSQL ConnectionString is wrong: {e.Message}", e);
        }
    }

    static void CheckSeconds(TimeSpan value, string name, TimeSpan most)
    {
        if (value < TimeSpan.FromSeconds(1) || value > most)
            throw new ArgumentException($"PostgreSQL {name} must be from 1 second to {most}, but is {value}.");
    }
}
