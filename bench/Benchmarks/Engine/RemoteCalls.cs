using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace Benchmarks.Engine;

/// <summary>Calls a second between processes: from an external client through a gateway, and from silo to silo.</summary>
internal static class RemoteCalls
{
    private const int Targets = 2_000;
    private const int Drivers = 64;
    private const int CallsPerDriver = 2_000;
    private static readonly Payload Message = new(7, "twelve bytes", Guid.Empty);

    public static async Task RunAsync()
    {
        using var primary = await SiloProcess.StartAsync(0);
        await FromClientAsync();
        using var secondary = await SiloProcess.StartAsync(1);
        await BetweenSilosAsync();
    }

    private static async Task FromClientAsync()
    {
        using var client = await SiloProcess.ConnectAsync();
        var grains = client.Services.GetRequiredService<IClusterClient>();
        var targets = Enumerable.Range(0, Targets).Select(key => grains.GetGrain<ITargetGrain>(key)).ToArray();
        var latencies = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);

        await new Comparison($"external client over TCP, {Targets} grains", "calls/s")
            .Add("Run, 1 in flight", () => Measure("1 in flight", 1, 20_000, static target => target.Run()))
            .Add("Run, 64 in flight", () => Measure("64 in flight", 64, 300_000, static target => target.Run()))
            .Add("Run, 256 in flight", () => Measure("256 in flight", 256, 300_000, static target => target.Run()))
            .Add("Echo, 64 in flight", () => Measure("64 in flight, Echo", 64, 300_000, static async target => await target.Echo(Message)))
            .RunAsync();
        foreach (var (name, all) in latencies)
        {
            all.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: p50 {all[all.Count / 2]:0.000} ms, p99 {all[all.Count * 99 / 100]:0.000} ms"));
        }

        await client.StopAsync();

        async Task<double> Measure(string name, int inFlight, int calls, Func<ITargetGrain, ValueTask> call)
        {
            var took = new double[calls];
            var rate = await MeasuredSilo.RateOf(calls, () => Task.WhenAll(Enumerable.Range(0, inFlight).Select(async lane =>
            {
                await Task.Yield();
                for (var i = lane; i < calls; i += inFlight)
                {
                    var begin = Stopwatch.GetTimestamp();
                    await call(targets[i % Targets]);
                    took[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                }
            })));

            // The last round stands for all: by then everything is warm.
            latencies[name] = [.. took];
            return rate;
        }
    }

    private static async Task BetweenSilosAsync()
    {
        using var client = await SiloProcess.ConnectAsync();
        var grains = client.Services.GetRequiredService<IClusterClient>();
        var pairs = await FindPairsAsync(grains);

        await new Comparison($"silo to silo: {Drivers} drivers, each one call in flight to its own target on the other silo", "calls/s")
            .Add("Run", () => Drive((driver, target) => driver.RunAt(target, CallsPerDriver)))
            .Add("Echo", () => Drive((driver, target) => driver.EchoAt(target, CallsPerDriver)))
            .RunAsync();
        await client.StopAsync();

        Task<double> Drive(Func<IDriverGrain, long, Task> calls) => MeasuredSilo.RateOf(
            Drivers * CallsPerDriver, () => Task.WhenAll(pairs.Select(pair => calls(grains.GetGrain<IDriverGrain>(pair.Driver), pair.Target))));
    }

    /// <summary>Drivers of one silo, and targets of another.</summary>
    private static async Task<List<(long Driver, long Target)>> FindPairsAsync(IClusterClient grains)
    {
        var drivers = await PlacesAsync(key => grains.GetGrain<IDriverGrain>(key).Where());
        var targets = await PlacesAsync(key => grains.GetGrain<ITargetGrain>(key).Where());
        var here = drivers.Keys.First();
        return [.. drivers[here].Zip(targets.First(place => place.Key != here).Value).Take(Drivers)];
    }

    private static async Task<Dictionary<string, List<long>>> PlacesAsync(Func<long, ValueTask<string>> where)
    {
        // Keys that no round before has used: their grains come up with both silos there.
        var places = new Dictionary<string, List<long>>();
        for (long key = Targets; places.Count < 2 || places.Values.Any(keys => keys.Count < Drivers); key++)
        {
            var place = await where(key);
            if (!places.TryGetValue(place, out var keys))
                places.Add(place, keys = []);
            keys.Add(key);
        }

        return places;
    }
}
