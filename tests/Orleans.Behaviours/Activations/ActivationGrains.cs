using System.Collections.Concurrent;
using Orleans.Behaviours.Support;
using Orleans.Concurrency;

namespace Orleans.Behaviours.Activations;

public sealed class InjectedService
{
    public string Name { get; } = "injected";
}

public interface IActivationGrain : IGrainWithStringKey
{
    Task<string> Activation();

    Task<string> NameOfService();

    /// <summary>Asks for deactivation and says which activation this is.</summary>
    Task<string> Deactivate();

    Task Hold(string gate);
}

/// <summary>Writes its life down.</summary>
[Reentrant]
public class ActivationGrain : Grain, IActivationGrain
{
    private static readonly ConcurrentDictionary<string, string> s_gatesOfDeactivation = new(StringComparer.Ordinal);
    private readonly InjectedService _service;

    public ActivationGrain(InjectedService service)
    {
        _service = service;
        Trace.Add("constructed");
    }

    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    /// <summary>Lets the deactivation of a grain wait at a gate.</summary>
    public static void WaitInDeactivation(string key, Gate gate) => s_gatesOfDeactivation[key] = gate.Name;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Trace.Add("activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Trace.Add("deactivating: " + reason.ReasonCode);
        if (s_gatesOfDeactivation.TryRemove(this.GetPrimaryKeyString(), out var gate))
            await Gate.Named(gate).PassAsync();
        Trace.Add("deactivated");
    }

    public Task<string> Activation()
    {
        Trace.Add("called");
        return Task.FromResult(GrainContext.ActivationId.ToString());
    }

    public Task<string> NameOfService() => Task.FromResult(_service.Name);

    public Task<string> Deactivate()
    {
        DeactivateOnIdle();
        return Task.FromResult(GrainContext.ActivationId.ToString());
    }

    public async Task Hold(string gate)
    {
        await Gate.Named(gate).PassAsync();
        Trace.Add("hold ends");
    }
}

/// <summary>A grain that is no <see cref="Grain"/>.</summary>
public sealed class PlainActivationGrain(IGrainContext context, InjectedService service) : IGrainBase, IActivationGrain
{
    public IGrainContext GrainContext => context;

    public Task OnActivateAsync(CancellationToken token)
    {
        Trace.Of(context.GrainId.Key.ToString()).Add("activated");
        return Task.CompletedTask;
    }

    public Task<string> Activation() => Task.FromResult(context.ActivationId.ToString());

    public Task<string> NameOfService() => Task.FromResult(service.Name);

    public Task<string> Deactivate()
    {
        this.DeactivateOnIdle();
        return Activation();
    }

    public Task Hold(string gate) => Gate.Named(gate).PassAsync();
}

public interface IBrokenGrain : IGrainWithStringKey
{
    Task Nothing();
}

public sealed class ThrowingConstructorGrain : Grain, IBrokenGrain
{
    public ThrowingConstructorGrain() => throw new NotSupportedException("the constructor");

    public Task Nothing() => Task.CompletedTask;
}

public sealed class ThrowingActivationGrain : Grain, IBrokenGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => throw new NotSupportedException("the activation");

    public Task Nothing() => Task.CompletedTask;
}

/// <summary>Fails to activate as long as its trace is empty.</summary>
public sealed class OnceThrowingActivationGrain : Grain, IBrokenGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var trace = Trace.Of(this.GetPrimaryKeyString());
        var isFirst = trace.Entries.IsEmpty;
        trace.Add("activating");
        return isFirst ? throw new NotSupportedException("the first activation") : Task.CompletedTask;
    }

    public Task Nothing() => Task.CompletedTask;
}
