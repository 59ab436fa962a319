using System.Globalization;

namespace Benchmarks.Engine;

/// <summary>How many new grains a second come up, and what an idle one weighs.</summary>
internal static class Activations
{
    private const int Grains = 100_000;
    private const int InFlight = 256;

    public static async Task RunAsync()
    {
        await using var silo = await MeasuredSilo.StartAsync();
        var client = silo.Client;
        var next = 0L;

        await new Comparison($"new activations: {Grains} grains, {InFlight} in flight", "activations/s")
            .Add("plain grain", () => Activate(client, Interlocked.Add(ref next, Grains) - Grains))
            .RunAsync();

        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Activate(client, Interlocked.Add(ref next, Grains) - Grains);
        var weight = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Grains;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle activation: {weight:N0} bytes"));
    }

    private static Task<double> Activate(IClusterClient client, long first) => MeasuredSilo.RateOf(
        Grains, () => Task.WhenAll(Enumerable.Range(0, InFlight).Select(async lane =>
        {
            await Task.Yield();
            for (var i = lane; i < Grains; i += InFlight)
                await client.GetGrain<ITargetGrain>(first + i).Run();
        })));
}
