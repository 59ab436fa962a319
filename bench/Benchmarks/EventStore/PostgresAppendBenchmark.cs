using System.Diagnostics;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks.EventStore;

/// <summary>
/// Appends to the PostgreSQL event store beside bare inserts of the same rows into the same tables, every variant in a
/// database without rows, flushed commits everywhere, server and client on this machine.
/// </summary>
internal static class PostgresAppendBenchmark
{
    private const int RawRowsPerCommit = 500;
    private const int Writers = 16;
    private const int EventsPerRound = 30_000;
    private const int CommitsPerRound = 800;

    public static readonly PostgresServer Server = PostgresServer.Instance;

    public static async Task RunAsync()
    {
        var bulk = new Comparison("Event store append under load (PostgreSQL)", "events/s")
            .Add($"bare INSERT ... SELECT, {RawRowsPerCommit} rows per commit (R)", () => RawAsync(raw => raw.InsertSelectAsync(EventsPerRound, RawRowsPerCommit, moveHead: false), EventsPerRound))
            .Add($"the same, in the order of a counter row", () => RawAsync(raw => raw.InsertSelectAsync(EventsPerRound, RawRowsPerCommit, moveHead: true), EventsPerRound))
            .Add($"bare inserts, one row per commit, {Writers} writers (S)", () => RawAsync(raw => raw.InsertAsync(CommitsPerRound * Writers / 4, Writers), CommitsPerRound * Writers / 4));
        foreach (var (size, callers) in new[] { (1, 1024), (20, 64), (100, 32), (500, 16) })
            bulk.Add($"append, {size} events each, {callers} in flight", () => AppendAsync(callers, size, EventsPerRound));
        await bulk.RunAsync();

        await new Comparison($"Event store append of one event (PostgreSQL), {Writers} writers", "events/s")
            .Add("bare inserts, one row per commit", () => RawAsync(raw => raw.InsertAsync(CommitsPerRound * Writers / 4, Writers), CommitsPerRound * Writers / 4))
            .Add("append", () => AppendAsync(Writers, 1, CommitsPerRound * Writers / 2))
            .RunAsync();

        await new Comparison("Event store append with nothing else going on (PostgreSQL)", "ms each")
            .Add("bare one-row commit", async () => 1000 / await RawAsync(raw => raw.InsertAsync(CommitsPerRound, writers: 1), CommitsPerRound))
            .Add("append, one writer", async () => 1000 / await AppendAsync(callers: 1, size: 1, CommitsPerRound))
            .RunAsync();
    }

    public static async Task<double> RawAsync(Func<PostgresRawInserts, Task> run, int count)
    {
        var database = Server.TakeDatabase();
        // The store creates the tables, so that they are the same.
        await using (var store = Open(database)) await store.StartAsync();
        double perSecond;
        await using (var raw = new PostgresRawInserts(Server.ConnectionString(database)))
        {
            var clock = Stopwatch.StartNew();
            await run(raw);
            perSecond = count / clock.Elapsed.TotalSeconds;
        }

        Server.GiveBack(database);
        return perSecond;
    }

    private static async Task<double> AppendAsync(int callers, int size, int count)
    {
        var database = Server.TakeDatabase();
        double perSecond;
        await using (var store = Open(database))
        {
            await store.StartAsync();
            perSecond = await Samples.AppendAsync(store, callers, size, count);
        }

        Server.GiveBack(database);
        return perSecond;
    }

    public static PostgresEventStore Open(string database) =>
        new(Options(database), CrescentEvents.Map, TimeProvider.System, NullLogger<PostgresEventStore>.Instance);

    public static PostgresEventStoreOptions Options(string database) => new()
    {
        Database = new PostgresDatabaseOptions { ConnectionString = Server.ConnectionString(database) },
        MasterKey = new byte[32],
    };
}
