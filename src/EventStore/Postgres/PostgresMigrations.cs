using System.Globalization;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>Runs the numbered scripts of a component that a database has not seen yet, one process after the other.</summary>
static class PostgresMigrations
{
    static readonly string LockMigrations = SqlText.Load(typeof(PostgresMigrations), "LockMigrations");
    static readonly string CreateSchemaVersions = SqlText.Load(typeof(PostgresMigrations), "CreateSchemaVersions");
    static readonly string ReadSchemaVersion = SqlText.Load(typeof(PostgresMigrations), "ReadSchemaVersion");
    static readonly string WriteSchemaVersion = SqlText.Load(typeof(PostgresMigrations), "WriteSchemaVersion");

    public static async Task ApplyAsync(
        NpgsqlConnection connection, string database, string component, Type neighbour, TimeSpan timeout, CancellationToken ct)
    {
        var scripts = MigrationScripts.Of(neighbour);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SET LOCAL statement_timeout = {timeout.TotalMilliseconds:0}"), timeout, ct);
        await ExecuteAsync(connection, LockMigrations, timeout, ct);
        await ExecuteAsync(connection, CreateSchemaVersions, timeout, ct);
        var version = await ReadVersionAsync(connection, component, ct);
        if (version > scripts.Count) throw new SchemaTooNewException(database, component, version, scripts.Count);
        if (version == scripts.Count) return;
        foreach (var (_, text) in scripts.Skip(version)) await ExecuteAsync(connection, text, timeout, ct);
        await WriteVersionAsync(connection, component, scripts.Count, ct);
        await transaction.CommitAsync(ct);
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, TimeSpan timeout, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)timeout.TotalSeconds + 1 };
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string component, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadSchemaVersion, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = component } } };
        return await command.ExecuteScalarAsync(ct) is int version ? version : 0;
    }

    static async Task WriteVersionAsync(NpgsqlConnection connection, string component, int version, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(WriteSchemaVersion, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = component }, new NpgsqlParameter<int> { TypedValue = version } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
