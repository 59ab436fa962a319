using Orleans.Concurrency;

namespace Benchmarks.Engine;

/// <summary>What travels both ways in the echo workloads.</summary>
[GenerateSerializer, Immutable]
public sealed record Payload([property: Id(0)] int Number, [property: Id(1)] string Text, [property: Id(2)] Guid Key);

/// <summary>The cheapest grain there is.</summary>
public interface ITargetGrain : IGrainWithIntegerKey
{
    ValueTask Run();

    ValueTask<Payload> Echo(Payload payload);
}

public sealed class TargetGrain : Grain, ITargetGrain
{
    public ValueTask Run() => ValueTask.CompletedTask;

    public ValueTask<Payload> Echo(Payload payload) => new(payload);
}

/// <summary>Calls its own target, one call after the other.</summary>
public interface IDriverGrain : IGrainWithIntegerKey
{
    Task Run(int calls);

    Task Echo(int calls);
}

public sealed class DriverGrain : Grain, IDriverGrain
{
    private static readonly Payload Message = new(7, "twelve bytes", Guid.Empty);

    public async Task Run(int calls)
    {
        var target = GrainFactory.GetGrain<ITargetGrain>(this.GetPrimaryKeyLong());
        for (var i = 0; i < calls; i++)
            await target.Run();
    }

    public async Task Echo(int calls)
    {
        var target = GrainFactory.GetGrain<ITargetGrain>(this.GetPrimaryKeyLong());
        for (var i = 0; i < calls; i++)
            await target.Echo(Message);
    }
}

/// <summary>Ticks, and remembers how late each tick was.</summary>
public interface ITickingGrain : IGrainWithIntegerKey
{
    Task Start(TimeSpan period);

    [AlwaysInterleave]
    Task<double[]> TakeLateness();
}

public sealed class TickingGrain(TimeProvider time) : Grain, ITickingGrain
{
    private readonly List<double> _lateness = [];
    private TimeSpan _period;
    private long _armed;

    public Task Start(TimeSpan period)
    {
        _period = period;
        _armed = time.GetTimestamp();
        this.RegisterGrainTimer(Tick, period, period);
        return Task.CompletedTask;
    }

    public Task<double[]> TakeLateness()
    {
        var taken = _lateness.ToArray();
        _lateness.Clear();
        return Task.FromResult(taken);
    }

    private Task Tick()
    {
        _lateness.Add((time.GetElapsedTime(_armed) - _period).TotalMilliseconds);
        _armed = time.GetTimestamp();
        return Task.CompletedTask;
    }
}
