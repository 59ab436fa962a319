using System.Diagnostics;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.EventStore.Postgres;

namespace Benchmarks.EventStore;

/// <summary>Loads an aggregate from its snapshot and the few events since, with a short and with a long stream behind it.</summary>
internal static class PostgresLoadBenchmark
{
    private const int Short = 100;
    private const int Long = 100_000;
    private const int Since = 20;
    private const int LoadsPerRound = 500;

    public static async Task RunAsync()
    {
        var database = PostgresAppendBenchmark.Server.TakeDatabase();
        await using (var store = PostgresAppendBenchmark.Open(database))
        {
            var (few, many) = (await FillAsync(store, Short), await FillAsync(store, Long));
            await new Comparison($"Loading an aggregate from its snapshot and {Since} events (PostgreSQL)", "ms each")
                .Add($"{Short:N0} events", () => LoadAsync(store, few))
                .Add($"{Long:N0} events", () => LoadAsync(store, many))
                .RunAsync();
        }

        PostgresAppendBenchmark.Server.GiveBack(database);
    }

    private static async Task<StreamName> FillAsync(PostgresEventStore store, int events)
    {
        var stream = new StreamName(StreamCategory.Inventory, Guid.CreateVersion7().ToString());
        for (var version = 0; version < events;)
        {
            var size = Math.Min(500, events - version);
            await store.AppendAsync(new AppendRequest(stream, version, Guid.CreateVersion7(), [.. Enumerable.Range(0, size).Select(_ => Samples.NewEvent(stream.Id))]));
            version += size;
        }

        await store.WriteSnapshotAsync(new Snapshot<InventoryItem>(stream, events - Since, InventoryItem.Initial));
        return stream;
    }

    private static async Task<double> LoadAsync(PostgresEventStore store, StreamName stream)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < LoadsPerRound; i++)
        {
            var snapshot = await store.ReadSnapshotAsync<InventoryItem>(stream);
            if ((await store.ReadStreamAsync(stream, snapshot!.Version, 1000)).Count != Since)
                throw new InvalidOperationException("The events since the snapshot are not all there.");
        }

        return clock.Elapsed.TotalMilliseconds / LoadsPerRound;
    }
}
