namespace Benchmarks.Engine;

/// <summary>Calls a second: from grain to grain, and from the co-hosted client.</summary>
internal static class GrainCalls
{
    private const int Drivers = 100;
    private const int CallsPerDriver = 20_000;
    private const int InFlight = 100;
    private const int Targets = 2_000;
    private const int ClientCalls = 1_000_000;

    public static async Task RunAsync()
    {
        await using var silo = await MeasuredSilo.StartAsync();
        var client = silo.Client;
        var payload = new Payload(7, "twelve bytes", Guid.Empty);
        var targets = Enumerable.Range(0, Targets).Select(key => client.GetGrain<ITargetGrain>(key)).ToArray();

        await new Comparison($"grain calls in one silo: {Drivers} drivers, or {InFlight} in flight from the client over {Targets} grains", "calls/s")
            .Add("grain to grain, Run", () => Drive(driver => driver.Run(CallsPerDriver)))
            .Add("grain to grain, Echo", () => Drive(driver => driver.Echo(CallsPerDriver)))
            .Add("client, Run", () => FromClient(target => target.Run()))
            .Add("client, Echo", () => FromClient(async target => await target.Echo(payload)))
            .RunAsync();

        Task<double> Drive(Func<IDriverGrain, Task> calls) => MeasuredSilo.RateOf(
            Drivers * CallsPerDriver, () => Task.WhenAll(Enumerable.Range(0, Drivers).Select(key => calls(client.GetGrain<IDriverGrain>(key)))));

        Task<double> FromClient(Func<ITargetGrain, ValueTask> call) => MeasuredSilo.RateOf(
            ClientCalls, () => Task.WhenAll(Enumerable.Range(0, InFlight).Select(async lane =>
            {
                await Task.Yield();
                for (var i = 0; i < ClientCalls / InFlight; i++)
                    await call(targets[(lane + i * InFlight) % Targets]);
            })));
    }
}
