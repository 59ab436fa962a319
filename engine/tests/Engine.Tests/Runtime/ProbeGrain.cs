using System.Collections.Concurrent;
using Orleans;
using Orleans.Concurrency;

namespace Engine.Tests.Runtime;

/// <summary>What a test decides about the probe grains of its silo, and what it learns from them.</summary>
public sealed class ProbeScript
{
    private int _activations;
    private int _deactivations;

    public Func<ProbeGrain, int, CancellationToken, Task<int>> OnCall { get; set; } = (_, argument, _) => Task.FromResult(argument);

    public Func<ProbeGrain, CancellationToken, Task> OnActivate { get; set; } = (_, _) => Task.CompletedTask;

    public Func<ProbeGrain, DeactivationReason, CancellationToken, Task> OnDeactivate { get; set; } = (_, _, _) => Task.CompletedTask;

    public Action<ProbeGrain> OnConstruct { get; set; } = _ => { };

    public ConcurrentQueue<string> Log { get; } = new();

    public int Activations => _activations;

    public int Deactivations => _deactivations;

    public void CountActivation() => Interlocked.Increment(ref _activations);

    public void CountDeactivation() => Interlocked.Increment(ref _deactivations);
}

public class ProbeGrain : Grain, IProbe
{
    private readonly ProbeScript _script;

    public ProbeGrain(ProbeScript script)
    {
        _script = script;
        Script.OnConstruct(this);
    }

    public ProbeScript Script => _script;

    public IGrainFactory Factory => GrainFactory;

    public Task<int> Call(int argument) => Script.OnCall(this, argument, default);

    public async ValueTask<int> CallValue(int argument) => await Script.OnCall(this, argument, default);

    public Task<int> Read(int argument) => Script.OnCall(this, argument, default);

    public Task<int> Interleave(int argument) => Script.OnCall(this, argument, default);

    public Task<int> Cancellable(int argument, CancellationToken cancellationToken) => Script.OnCall(this, argument, cancellationToken);

    public Task<int> Short(int argument) => Script.OnCall(this, argument, default);

    public void End() => DeactivateOnIdle();

    public void Keep(TimeSpan span) => DelayDeactivation(span);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Script.CountActivation();
        return Script.OnActivate(this, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Script.CountDeactivation();
        return Script.OnDeactivate(this, reason, cancellationToken);
    }
}

[Reentrant]
public sealed class ReentrantProbeGrain(ProbeScript script) : ProbeGrain(script);

[KeepAlive]
public sealed class LastingProbeGrain(ProbeScript script) : ProbeGrain(script);
