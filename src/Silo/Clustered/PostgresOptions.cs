using System.ComponentModel.DataAnnotations;
using Crescent.EventStore.Postgres;
using Crescent.ReadModels.Storage.Postgres;
using Npgsql;

namespace Crescent.Silo.Clustered;

/// <summary>The database that all hosts of a cluster share: <c>Crescent:Postgres</c>.</summary>
public sealed class PostgresOptions : IValidatableObject
{
    public const string Section = "Crescent:Postgres";

    /// <summary>The name under which Orleans knows Npgsql.</summary>
    internal const string OrleansInvariant = "Npgsql";

    /// <summary>
    /// The database of a cluster, as Npgsql writes it, such as <c>Host=db;Username=crescent;Password=...;Database=crescent</c>.
    /// A host that has one is part of a cluster; without one the API host runs by itself on files.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The most connections of one process to events and read models each; whoever comes then waits for one.</summary>
    public int MaxConnections { get; set; } = 20;

    /// <summary>The most connections of one process for membership, reminders and grain storage.</summary>
    [Range(2, 1000)]
    public int MaxOrleansConnections { get; set; } = 10;

    /// <summary>How long connecting may take, and waiting for one of the connections.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take, its wait for locks included.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long bringing one component's tables up to date may take, the wait for another process included.</summary>
    public TimeSpan MigrationTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a silo that starts waits for the database.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The database of events and read models.</summary>
    internal PostgresDatabaseOptions Database => new()
    {
        ConnectionString = ConnectionString,
        MaxConnections = MaxConnections,
        ConnectTimeout = ConnectTimeout,
        StatementTimeout = StatementTimeout,
        MigrationTimeout = MigrationTimeout,
    };

    /// <summary>The read models, with the bounds of the same database.</summary>
    internal PostgresViewsOptions Views => new() { Database = Database, StartTimeout = StartTimeout };

    /// <summary>The same database as the actor engine uses it: with connections of its own, so that membership never waits for orders.</summary>
    internal string OrleansConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString)
    {
        ApplicationName = "crescent-orleans",
        MaxPoolSize = MaxOrleansConnections,
        Timeout = (int)ConnectTimeout.TotalSeconds,
        CommandTimeout = (int)StatementTimeout.TotalSeconds,
        CancellationTimeout = 1000,
        KeepAlive = 10,
    }.ConnectionString;

    /// <summary>Which database it is, without who asks.</summary>
    public string Display
    {
        get
        {
            var names = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"PostgreSQL {names.Host}:{names.Port}/{names.Database ?? names.Username}";
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StartTimeout < TimeSpan.Zero || StartTimeout > TimeSpan.FromMinutes(30))
            yield return new ValidationResult($"{StartTimeout} is not from 0 to 30 minutes", [nameof(StartTimeout)]);
        if (FindDatabaseFault() is { } fault)
            yield return new ValidationResult(fault, [nameof(ConnectionString)]);
    }

    string? FindDatabaseFault()
    {
        if (ConnectionString.Length == 0) return null;
        try
        {
            Database.Validate();
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
