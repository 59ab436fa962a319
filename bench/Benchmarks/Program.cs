using System.Globalization;
using System.Runtime.InteropServices;
using Benchmarks.Engine;
using Benchmarks.EventStore;
using Benchmarks.Orders;
using Benchmarks.ReadModels;

if (args is [SiloProcess.Argument, var number])
{
    await SiloProcess.RunAsync(int.Parse(number, CultureInfo.InvariantCulture));
    return 0;
}

var all = new Dictionary<string, Func<Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["grain-calls"] = GrainCalls.RunAsync,
    ["remote-calls"] = RemoteCalls.RunAsync,
    ["activations"] = Activations.RunAsync,
    ["timers"] = TimersUnderLoad.RunAsync,
    ["journaled-grains"] = JournaledGrains.RunAsync,
    ["memory-streams"] = MemoryStreams.RunAsync,
    ["append"] = AppendBenchmark.RunAsync,
    ["append-postgres"] = PostgresAppendBenchmark.RunAsync,
    ["relay-lag"] = RelayLag.RunAsync,
    ["load-postgres"] = PostgresLoadBenchmark.RunAsync,
    ["rebuild"] = RebuildBenchmark.SqliteAsync,
    ["rebuild-postgres"] = RebuildBenchmark.PostgresAsync,
    ["hot-product"] = HotProduct.RunAsync,
    ["saga"] = SagaThroughput.RunAsync,
};

var chosen = args.Length == 0 ? [.. all.Keys] : args;
foreach (var unknown in chosen.Where(name => !all.ContainsKey(name)))
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'; there are: {string.Join(", ", all.Keys)}.");
    return 1;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}");
foreach (var name in chosen)
    await all[name]();
return 0;
