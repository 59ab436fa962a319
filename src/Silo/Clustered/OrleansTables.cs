using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Crescent.Silo.Clustered;

/// <summary>
/// Brings the tables and statements of membership, reminders and grain storage (deploy/postgres/orleans.sql) up to date
/// before the silo starts. The script takes a lock and may be run again, so whichever silo comes first creates them.
/// </summary>
internal sealed class OrleansTables(PostgresEventStore store) : IHostedService
{
    static readonly string Script = SqlText.Load(typeof(OrleansTables), "orleans");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The store waits for the database, and says so when it waits in vain.
        await store.StartAsync(cancellationToken);
        await using var connection = await store.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Script, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
