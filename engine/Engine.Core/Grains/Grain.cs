using Orleans.Runtime;

namespace Orleans;

/// <summary>The usual base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <exception cref="InvalidOperationException">It is not the host that creates the grain.</exception>
    protected Grain() : this(
        RuntimeContext.Current ?? throw new InvalidOperationException("A grain can only be created by its host. To test one alone, pass an IGrainContext to the constructor."))
    {
    }

    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        GrainContext = grainContext;
        _runtime = grainRuntime;
    }

    private readonly IGrainRuntime? _runtime;

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Names the silo.</summary>
    public string RuntimeIdentity => Runtime.SiloIdentity;

    protected IGrainFactory GrainFactory => Runtime.GrainFactory;

    /// <summary>The activation's own service scope.</summary>
    protected IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private IGrainRuntime Runtime => _runtime ?? RuntimeContext.RuntimeOf(GrainContext);

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deactivates once the running calls have ended.</summary>
    protected void DeactivateOnIdle() => Runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps the activation for at least that long; zero or less takes the promise back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Runtime.DelayDeactivation(GrainContext, timeSpan);
}
