using Crescent.ApiHost.Tests.Hosting;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.ReadModels;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>Read models and analytics are, row by row, what a fresh rebuild makes of the log.</summary>
internal sealed class RebuildCheck : IAsyncDisposable
{
    const string Schema = "rebuilt";

    readonly ClusterCrescent _host;
    readonly ServiceProvider _services;

    public RebuildCheck(ClusterCrescent host)
    {
        _host = host;
        var database = new PostgresDatabaseOptions { ConnectionString = host.Cluster.ConnectionString };
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddPostgresEventStore(CrescentEvents.Map, _ => new PostgresEventStoreOptions { Database = database, MasterKey = host.Secrets.PersonalMasterKey });
        services.AddPostgresReadModels(_ => new PostgresViewsOptions { Database = database, Schema = Schema }, _ => host.Secrets.EmailClaimKey);
        _services = services.BuildServiceProvider();
    }

    /// <summary>Rebuilds beside the cluster's own tables.</summary>
    /// <returns>The position it reached.</returns>
    public async Task<long> BuildAsync(CancellationToken ct)
    {
        await using (var connection = await _host.Cluster.ConnectAsync())
        {
            await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {Schema} CASCADE", connection);
            await drop.ExecuteNonQueryAsync(ct);
        }

        await _services.GetRequiredService<PostgresViews>().MigrateAsync(ct);
        return await _services.GetRequiredService<ReadModelsRebuild>().RunAsync(ct);
    }

    public async Task<CheckResult> CompareAsync(long reached, CancellationToken ct)
    {
        await using var connection = await _host.Cluster.ConnectAsync();
        return new CheckResult(
            "read models and analytics equal a fresh rebuild", $"{reached} events", await ViewsComparison.CompareAsync(connection, "public", Schema, ct));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
