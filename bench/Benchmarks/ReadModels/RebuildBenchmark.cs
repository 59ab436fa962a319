using System.Diagnostics;
using Benchmarks.EventStore;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.ReadModels;

/// <summary>Builds read models from a log of orders, beside bare inserts of as many rows as the log has into a table like its own.</summary>
internal static class RebuildBenchmark
{
    private const int Orders = 1_500;
    private const int RawRowsPerCommit = 500;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly string[] s_projections = ["orders", "sagas", "due", "products"];

    public static async Task PostgresAsync()
    {
        var server = PostgresAppendBenchmark.Server;
        var database = server.TakeDatabase();
        await using (var store = PostgresAppendBenchmark.Open(database)) await SampleOrders.FillAsync(store, Orders);
        var events = server.Query<long>(database, "SELECT position FROM log_head");
        await CompareAsync(
            $"Building read models from {events:N0} events (PostgreSQL)", events,
            () => PostgresAppendBenchmark.RawAsync(raw => raw.InsertSelectAsync((int)events, RawRowsPerCommit, moveHead: false), (int)events),
            async build =>
            {
                server.Execute(database, "DROP SCHEMA IF EXISTS built CASCADE; DELETE FROM leases");
                var options = PostgresAppendBenchmark.Options(database);
                var services = new ServiceCollection()
                    .AddPostgresEventStore(CrescentEvents.Map, _ => options)
                    .AddPostgresReadModels(_ => new PostgresViewsOptions { Database = options.Database, Schema = "built" }, _ => new byte[32]);
                await using var provider = services.BuildServiceProvider();
                await provider.GetRequiredService<PostgresViews>().MigrateAsync();
                return await build(provider);
            });
        server.GiveBack(database);
    }

    public static async Task SqliteAsync()
    {
        using var folder = new BenchFolder();
        long events;
        using (var store = folder.OpenStore())
        {
            await SampleOrders.FillAsync(store, Orders);
            events = await store.ReadHeadAsync();
        }

        await CompareAsync(
            $"Building read models from {events:N0} events (SQLite)", events,
            () => AppendBenchmark.RawAsync(raw => raw.InsertSelect((int)events, RawRowsPerCommit), (int)events),
            async build =>
            {
                using var views = new BenchFolder();
                var services = new ServiceCollection()
                    .AddSqliteEventStore(CrescentEvents.Map, _ => folder.Options)
                    .AddSqliteReadModels(_ => new SqliteDatabaseOptions { Path = views.DatabasePath }, _ => new byte[32]);
                await using var provider = services.BuildServiceProvider();
                return await build(provider);
            });
    }

    private static Task CompareAsync(string title, long events, Func<Task<double>> raw, Func<Func<IServiceProvider, Task<double>>, Task<double>> inNewViews)
    {
        var comparison = new Comparison(title, "events/s").Add($"bare INSERT ... SELECT, {RawRowsPerCommit} rows per commit (R)", raw);
        foreach (var projection in s_projections)
            comparison.Add($"{projection} alone", () => inNewViews(services => MeasureAsync(events, () => BuildAsync(services, projection))));
        return comparison
            .Add("all read models and the analytics", () => inNewViews(services => MeasureAsync(events, () => services.GetRequiredService<ReadModelsRebuild>().RunAsync())))
            .RunAsync();
    }

    private static async Task<double> MeasureAsync(long events, Func<Task<long>> build)
    {
        var clock = Stopwatch.StartNew();
        if (await build() != events) throw new InvalidOperationException("The log was not read to its end.");
        return events / clock.Elapsed.TotalSeconds;
    }

    /// <summary>As a silo does it that has fallen behind.</summary>
    private static async Task<long> BuildAsync(IServiceProvider services, string projection)
    {
        var log = services.GetRequiredService<IEventStore>();
        var lease = await services.GetRequiredService<ILeaseStore>().TryAcquireAsync(projection, "bench", TimeSpan.FromMinutes(10));
        var subscriber = services.GetServices<ILogConsumer>().Single(consumer => consumer.Name == projection).Begin(lease!);
        var head = await log.ReadHeadAsync();
        using var stop = new CancellationTokenSource();
        var subscription = new Subscription(
            subscriber, log, services.GetRequiredService<ILogSignal>(), new SubscriptionOptions(), TimeProvider.System, NullLogger<Subscription>.Instance);
        var running = subscription.RunAsync(stop.Token);
        await services.GetRequiredService<ProjectionProgress>().WaitForAsync(projection, head, s_patience, CancellationToken.None);
        await stop.CancelAsync();
        await running;
        return subscription.Position;
    }
}
