using System.Diagnostics;
using Crescent.GrainInterfaces.Inventory;

namespace Benchmarks.Orders;

/// <summary>
/// Reservations of one product by many buyers at once: its grain decides all that wait as one batch. Beside the same with
/// one commit per command, and beside the same load spread over many products.
/// </summary>
internal static class HotProduct
{
    private const int Buyers = 256;
    private const int SpreadProducts = 1_000;
    private const int HotReservations = 40_000;
    private const int UnbatchedReservations = 2_000;
    private const string OneCommandPerCommit = "--Crescent:Aggregates:MaxBatchedCommands=1";

    public static async Task RunAsync()
    {
        await using var batched = await RunningHost.StartAsync();
        await using var unbatched = await RunningHost.StartAsync(OneCommandPerCommit);
        await new Comparison($"Hot product, {Buyers} buyers at once (SQLite)", "reservations/s")
            .Add("one product, one commit per command", () => ReserveAsync(unbatched, 1, UnbatchedReservations))
            .Add("one product", () => ReserveAsync(batched, 1, HotReservations))
            .Add($"spread over {SpreadProducts:N0} products", () => ReserveAsync(batched, SpreadProducts, HotReservations))
            .RunAsync();
    }

    private static async Task<double> ReserveAsync(RunningHost host, int products, int reservations)
    {
        var grains = new IInventoryGrain[products];
        for (var i = 0; i < products; i++)
        {
            grains[i] = host.Grains.GetGrain<IInventoryGrain>(Guid.CreateVersion7().ToString());
            await grains[i].Create(new CreateProduct(Guid.CreateVersion7(), "Lamp", 100m, "USD", reservations));
        }

        var expiry = DateTimeOffset.UnixEpoch.AddYears(100);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Buyers).Select(buyer => Task.Run(async () =>
        {
            for (var i = buyer; i < reservations; i += Buyers)
            {
                var id = Guid.CreateVersion7();
                var result = await grains[i % products].Reserve(new ReserveStock(id, id.ToString(), 1, expiry));
                if (!result.IsAccepted)
                    throw new InvalidOperationException($"A reservation was refused: {result.Detail}");
            }
        })));
        var elapsed = clock.Elapsed.TotalSeconds;
        await AssertAllReservedAsync(grains, reservations);
        return reservations / elapsed;
    }

    private static async Task AssertAllReservedAsync(IInventoryGrain[] grains, int reservations)
    {
        var reserved = 0L;
        foreach (var grain in grains)
            reserved += (await grain.Get())!.Reserved;
        if (reserved != reservations)
            throw new InvalidOperationException($"{reservations} were reserved and {reserved} stand in the books.");
    }
}
