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

    /// <summary>The silo it lives on.</summary>
    ValueTask<string> Where();
}

public sealed class TargetGrain : Grain, ITargetGrain
{
    public ValueTask Run() => ValueTask.CompletedTask;

    public ValueTask<Payload> Echo(Payload payload) => new(payload);

    public ValueTask<string> Where() => new(RuntimeIdentity);
}

/// <summary>Calls its own target, one call after the other.</summary>
public interface IDriverGrain : IGrainWithIntegerKey
{
    Task Run(int calls);

    Task Echo(int calls);

    /// <summary>The same with a target of another key.</summary>
    Task RunAt(long target, int calls);

    Task EchoAt(long target, int calls);

    /// <summary>The silo it lives on.</summary>
    ValueTask<string> Where();
}

public sealed class DriverGrain : Grain, IDriverGrain
{
    private static readonly Payload Message = new(7, "twelve bytes", Guid.Empty);

    public Task Run(int calls) => RunAt(this.GetPrimaryKeyLong(), calls);

    public Task Echo(int calls) => EchoAt(this.GetPrimaryKeyLong(), calls);

    public async Task RunAt(long target, int calls)
    {
        var grain = GrainFactory.GetGrain<ITargetGrain>(target);
        for (var i = 0; i < calls; i++)
            await grain.Run();
    }

    public async Task EchoAt(long target, int calls)
    {
        var grain = GrainFactory.GetGrain<ITargetGrain>(target);
        for (var i = 0; i < calls; i++)
            await grain.Echo(Message);
    }

    public ValueTask<string> Where() => new(RuntimeIdentity);
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
