using Microsoft.Extensions.Hosting;

namespace Crescent.ReadModels.Storage.Postgres;

/// <summary>Makes the tables ready with the host, before whatever was registered later.</summary>
internal sealed class PostgresViewsStart(PostgresViews views) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => views.MigrateAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Looks with the host whether this release understands the tables.</summary>
internal sealed class PostgresViewsCheck(PostgresViews views) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => views.RefuseNewerAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
