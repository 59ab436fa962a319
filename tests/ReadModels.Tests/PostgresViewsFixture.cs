using System.Text;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;
using Crescent.ReadModels.Storage.Postgres;
using Crescent.Testing;
using Npgsql;

namespace Crescent.ReadModels.Tests;

/// <summary>Read models in a database that has the tables of the event store as well, as always.</summary>
public sealed class PostgresViewsFixture : ViewsFixture
{
    /// <summary>The one schema beside the usual one that a test may open.</summary>
    public const string OtherSchema = "rebuilt";

    private readonly string _database = PostgresServer.Instance.TakeDatabase();
    private readonly List<PostgresViews> _opened = [];

    public PostgresViewsFixture() => Postgres = Open(Options);

    public PostgresViews Postgres { get; private set; }

    public override ViewsDatabase Views => Postgres;

    public override ProjectionProgress Progress => new PolledProgress(Postgres, TimeSpan.FromMilliseconds(1), TimeProvider.System);

    internal PostgresServer Server { get; } = PostgresServer.Instance;

    internal string Database => _database;

    public PostgresViewsOptions Options => new()
    {
        Database = new PostgresDatabaseOptions { ConnectionString = PostgresServer.Instance.ConnectionString(_database), MaxConnections = 10 },
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    /// <summary>Another process on the same database, or with another schema in it.</summary>
    public PostgresViews Open(PostgresViewsOptions options)
    {
        var views = new PostgresViews(options, TimeProvider.System);
        _opened.Add(views);
        return views;
    }

    public override async Task StartAsync()
    {
        using (var database = new PostgresDatabase(Options.Database))
            await database.MigrateAsync("events", typeof(PostgresEventStore), Ct);
        await Postgres.MigrateAsync(Ct);
    }

    public override void Restart() => Postgres = Open(Options);

    public override async Task UpgradeFirstReleaseAsync(string orderId, IReadOnlyList<TimelineEntry> timeline)
    {
        var rows = await FirstReleaseRowsAsync(orderId, timeline, time: "now()", id: "gen_random_uuid()");
        Server.Execute(_database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        using (var database = new PostgresDatabase(Options.Database))
            await database.MigrateAsync("events", typeof(PostgresEventStore), Ct);
        Server.Execute(_database,
            $"""
            {SqlText.Load(typeof(PostgresViews), "Migrations.0001-read-models")}
            {SqlText.Load(typeof(PostgresViews), "Migrations.0002-writing")}
            INSERT INTO schema_versions VALUES ('read-models', 2);
            {rows}
            """);
        Restart();
        await Postgres.MigrateAsync(Ct);
    }

    public override Task FlushAsync() => Task.CompletedTask;

    public override async Task<string> ReadRawAsync()
    {
        var text = new StringBuilder();
        await using var connection = Server.Connect(_database);
        foreach (var table in (string[])["user_views", "user_words", "product_views", "order_views", "order_stock_events", "saga_views", "due_items"])
        {
            await using var command = new NpgsqlCommand($"SELECT string_agg(t::text, ' ') FROM {table} AS t", connection);
            text.Append(await command.ExecuteScalarAsync(Ct));
        }

        return text.ToString();
    }

    public override void Dispose()
    {
        _opened.ForEach(views => views.Dispose());
        Server.Execute(_database, $"DROP SCHEMA IF EXISTS {OtherSchema} CASCADE");
        Server.GiveBack(_database);
    }
}
