using System.Diagnostics;
using Crescent.Domain.Inventory;
using Crescent.EventStore;

namespace Benchmarks.EventStore;

internal static class Samples
{
    /// <summary>Callers with a stream of their own, each with one append in flight; answers events per second.</summary>
    public static async Task<double> AppendAsync(IEventStore store, int callers, int size, int count)
    {
        var perCaller = Math.Max(1, count / callers / size);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => AppendToOneStreamAsync(store, size, perCaller))));
        return (double)callers * perCaller * size / clock.Elapsed.TotalSeconds;
    }

    /// <summary>An event of the size that most have.</summary>
    public static NewEvent NewEvent(string productId)
    {
        var command = Guid.CreateVersion7();
        var reserved = new InventoryEvent.StockReserved(productId, command.ToString(), 2, DateTimeOffset.UnixEpoch.AddYears(60));
        return new NewEvent(command, reserved, new EventMetadata(command, RawInserts.Correlation, RawInserts.Causation, RawInserts.TraceParent, DateTimeOffset.UnixEpoch));
    }

    private static async Task AppendToOneStreamAsync(IEventStore store, int size, int requests)
    {
        var stream = new StreamName(StreamCategory.Inventory, Guid.CreateVersion7().ToString());
        for (var i = 0; i < requests; i++)
        {
            var request = new AppendRequest(stream, i * size, Guid.CreateVersion7(), [.. Enumerable.Range(0, size).Select(_ => NewEvent(stream.Id))]);
            if (await store.AppendAsync(request) is not AppendResult.Appended)
                throw new InvalidOperationException("An append with the right version was refused.");
        }
    }
}
