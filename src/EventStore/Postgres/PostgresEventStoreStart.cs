using Microsoft.Extensions.Hosting;

namespace Crescent.EventStore.Postgres;

/// <summary>Starts the store with the host, before whatever was registered later.</summary>
sealed class PostgresEventStoreStart(PostgresEventStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
