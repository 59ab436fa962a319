using System.Globalization;

namespace Benchmarks.Engine;

/// <summary>Events a second through journaled grains whose storage is in memory, one event per confirm; and what an idle one weighs.</summary>
internal static class JournaledGrains
{
    private const int Grains = 64;
    private const int EventsPerGrain = 20_000;
    private const int IdleGrains = 50_000;
    private const int InFlight = 256;

    public static async Task RunAsync()
    {
        await using var silo = await MeasuredSilo.StartAsync(builder => builder.AddCustomStorageBasedLogConsistencyProvider(CounterGrain.Provider));
        var grains = Enumerable.Range(0, Grains).Select(key => silo.Client.GetGrain<ICounterGrain>(key)).ToArray();

        await new Comparison($"journaled grains: {Grains} grains, one event per confirm, storage in memory", "events/s")
            .Add("loop within the grain", () => OnEach(grains, grain => grain.AddInTurn(EventsPerGrain)))
            .Add("a call per event", () => OnEach(grains, async grain =>
            {
                for (var i = 0; i < EventsPerGrain; i++)
                    await grain.Add(1);
            }))
            .RunAsync();

        var weight = await WeightOfIdle(silo.Client);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle journaled activation: {weight:N0} bytes"));
    }

    private static Task<double> OnEach(ICounterGrain[] grains, Func<ICounterGrain, Task> add) =>
        MeasuredSilo.RateOf(Grains * EventsPerGrain, () => Task.WhenAll(grains.Select(add)));

    private static async Task<double> WeightOfIdle(IClusterClient client)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async lane =>
        {
            await Task.Yield();
            for (var i = lane; i < IdleGrains; i += InFlight)
                await client.GetGrain<ICounterGrain>(Grains + i).Run();
        }));
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)IdleGrains;
    }
}
