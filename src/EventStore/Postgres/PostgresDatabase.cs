using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>A PostgreSQL database as this process uses it: checked connections, bounded in number and time.</summary>
public sealed class PostgresDatabase : IAsyncDisposable, IDisposable
{
    readonly PostgresDatabaseOptions _options;
    readonly NpgsqlDataSource _source;

    /// <summary>Connects to nothing yet.</summary>
    /// <param name="onlyByIndex">
    /// Every query looks rows up by an index. Its plan is then made once per connection and uses the index even if the
    /// table was empty at that time.
    /// </param>
    public PostgresDatabase(PostgresDatabaseOptions options, bool onlyByIndex = false)
    {
        options.Validate();
        _options = options;
        var connectionString = PostgresSettings.ConnectionString(options, onlyByIndex);
        var names = new NpgsqlConnectionStringBuilder(connectionString);
        Name = $"{names.Host}/{names.Database ?? names.Username}";
        _source = new NpgsqlDataSourceBuilder(connectionString)
            .UsePhysicalConnectionInitializer(PostgresSettings.Check, connection => PostgresSettings.CheckAsync(connection))
            .Build();
    }

    /// <summary>Host and database, for messages and metrics.</summary>
    public string Name { get; }

    /// <summary>Hands out a connection that commits durably; it goes back when it is disposed.</summary>
    /// <exception cref="NpgsqlException">The server does not answer, or all connections are in use for too long.</exception>
    /// <exception cref="PostgresSettingException">The server would lose or garble events.</exception>
    public ValueTask<NpgsqlConnection> OpenConnectionAsync(CancellationToken ct = default) => _source.OpenConnectionAsync(ct);

    /// <summary>
    /// Brings one component's tables up to date, at start: runs the embedded scripts <c>Migrations/NNNN-name.sql</c>
    /// beside <paramref name="neighbour"/> that have not run yet, all in one transaction, one process at a time.
    /// </summary>
    /// <exception cref="SchemaTooNewException">A newer release has already written this database.</exception>
    public async Task MigrateAsync(string component, Type neighbour, CancellationToken ct = default)
    {
        await using var connection = await OpenConnectionAsync(ct);
        await PostgresMigrations.ApplyAsync(connection, Name, component, neighbour, _options.MigrationTimeout, ct);
    }

    /// <summary>For a process that leaves the migrations to others.</summary>
    /// <exception cref="SchemaTooNewException">A newer release has already written this database.</exception>
    public async Task RefuseNewerAsync(string component, Type neighbour, CancellationToken ct = default)
    {
        await using var connection = await OpenConnectionAsync(ct);
        await PostgresMigrations.RefuseNewerAsync(connection, Name, component, neighbour, ct);
    }

    /// <summary>Runs a query with the parameters <c>$1</c>, <c>$2</c> and so on; each row is mapped.</summary>
    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, CancellationToken ct, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }

    /// <summary>Runs one statement, committed when this completes; answers how many rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken ct, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public void Dispose() => _source.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
