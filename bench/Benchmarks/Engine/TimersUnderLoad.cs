using System.Globalization;

namespace Benchmarks.Engine;

/// <summary>How late timers tick while call loops take every core.</summary>
internal static class TimersUnderLoad
{
    private const int Timers = 50;
    private const int Drivers = 100;
    private const int CallsPerDriver = 50_000;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync()
    {
        await using var silo = await MeasuredSilo.StartAsync();
        var client = silo.Client;
        var ticking = Enumerable.Range(0, Timers).Select(key => client.GetGrain<ITickingGrain>(key)).ToArray();
        await Task.WhenAll(ticking.Select(grain => grain.Start(Period)));

        await Task.WhenAll(Enumerable.Range(0, Drivers).Select(key => client.GetGrain<IDriverGrain>(key).Run(CallsPerDriver)));

        var late = (await Task.WhenAll(ticking.Select(grain => grain.TakeLateness()))).SelectMany(ticks => ticks).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"timers of {Period.TotalMilliseconds} ms under load: {late.Length} ticks, late by p50 {late[late.Length / 2]:0.0} ms, p99 {late[late.Length * 99 / 100]:0.0} ms, at most {late[^1]:0.0} ms"));
    }
}
