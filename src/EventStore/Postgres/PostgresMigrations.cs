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
        var version = await ReadVersionAsync(connection, database, component, scripts.Count, ct);
        if (version == scripts.Count) return;
        foreach (var (_, text) in scripts.Skip(version)) await ExecuteAsync(connection, text, timeout, ct);
        await WriteVersionAsync(connection, component, scripts.Count, ct);
        await transaction.CommitAsync(ct);
    }

    public static async Task RefuseNewerAsync(
        NpgsqlConnection connection, string database, string component, Type neighbour, CancellationToken ct)
    {
        try
        {
            await ReadVersionAsync(connection, database, component, MigrationScripts.Of(neighbour).Count, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Nobody has migrated anything yet.
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, TimeSpan timeout, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)timeout.TotalSeconds + 1 };
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task<int> ReadVersionAsync(NpgsqlConnection connection, string database, string component, int known, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadSchemaVersion, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = component } } };
        var version = await command.ExecuteScalarAsync(ct) is int found ? found : 0;
        return version <= known ? version : throw new SchemaTooNewException(database, component, version, known);
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
