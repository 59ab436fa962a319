using System.Diagnostics;

namespace Benchmarks.EventStore;

/// <summary>
/// Appends to the SQLite event store beside bare SQLite inserts of the same rows into the same tables, every variant on
/// a fresh file, flushed commits everywhere.
/// </summary>
internal static class AppendBenchmark
{
    private const int RawRowsPerCommit = 500;
    private const int Writers = 16;
    private const int EventsPerRound = 50_000;
    private const int CommitsPerRound = 400;

    public static async Task RunAsync()
    {
        var bulk = new Comparison("Event store append under load (SQLite)", "events/s")
            .Add($"bare INSERT ... SELECT, {RawRowsPerCommit} rows per commit", () => RawAsync(raw => raw.InsertSelect(EventsPerRound, RawRowsPerCommit), EventsPerRound))
            .Add($"bare prepared inserts, {RawRowsPerCommit} rows per commit", () => RawAsync(raw => raw.Insert(EventsPerRound, RawRowsPerCommit), EventsPerRound));
        foreach (var (size, callers) in new[] { (1, 1024), (20, 64), (100, 32), (500, 16) })
            bulk.Add($"append, {size} events each, {callers} in flight", () => AppendAsync(callers, size, EventsPerRound));
        await bulk.RunAsync();

        await new Comparison($"Event store append of one event (SQLite), {Writers} writers", "events/s")
            .Add("bare inserts, one row per commit", () => RawAsync(raw => raw.Insert(CommitsPerRound, 1), CommitsPerRound))
            .Add($"append, {Writers} writers", () => AppendAsync(Writers, 1, CommitsPerRound * Writers / 2))
            .RunAsync();

        await new Comparison("Event store append with nothing else going on (SQLite)", "ms each")
            .Add("bare one-row commit", async () => 1000 / await RawAsync(raw => raw.Insert(CommitsPerRound, 1), CommitsPerRound))
            .Add("append, one writer", async () => 1000 / await AppendAsync(callers: 1, size: 1, CommitsPerRound))
            .RunAsync();
    }

    public static Task<double> RawAsync(Action<RawInserts> run, int count) => Task.Run(() =>
    {
        using var folder = new BenchFolder();
        // The store creates the tables, so that they are the same.
        folder.OpenStore().Dispose();
        using var raw = new RawInserts(folder.DatabasePath);
        var clock = Stopwatch.StartNew();
        run(raw);
        return count / clock.Elapsed.TotalSeconds;
    });

    private static async Task<double> AppendAsync(int callers, int size, int count)
    {
        using var folder = new BenchFolder();
        using var store = folder.OpenStore();
        return await Samples.AppendAsync(store, callers, size, count);
    }
}
