using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>
/// One activation of a grain: its mailbox, which calls run and which wait, and its way from creation to its end. All but
/// the members of <see cref="IGrainContext"/> runs on its scheduler, one turn at a time, and needs no locks.
/// </summary>
internal sealed partial class Activation : IGrainContext, ICallReceiver
{
    private readonly GrainClass _class;
    private readonly TurnScheduler _scheduler;
    private ActivationExtras? _extras;
    private volatile ActivationState _state;

    public Activation(GrainId grainId, GrainClass grainClass)
    {
        GrainId = grainId;
        _class = grainClass;
        _scheduler = new TurnScheduler(this);
        _lastUsed = grainClass.Catalog.Clock.Now;
    }

    public GrainId GrainId { get; }

    public object? GrainInstance { get; private set; }

    public GrainClass Class => _class;

    /// <summary>Whether calls that are put into the mailbox are handled here; else they go on to a new activation.</summary>
    public bool IsGone => _state == ActivationState.Gone;

    public TurnScheduler Turns => _scheduler;

    public IWorkItemScheduler Scheduler => _scheduler;

    public ActivationId ActivationId => Extras.Id;

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId, SiloAddress = Catalog.SiloAddress };

    public GrainReference GrainReference => Extras.Reference ??= Catalog.UntypedReference(GrainId);

    public IGrainLifecycle ObservableLifecycle => Extras.Lifecycle ??= new GrainLifecycle(Catalog.Logger);

    public Task Deactivated => Extras.Deactivated.Task;

    public IServiceProvider ActivationServices
    {
        get
        {
            var extras = Extras;
            lock (extras)
            {
                return (extras.Scope ??= Catalog.Services.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    private Catalog Catalog => _class.Catalog;

    private ActivationExtras Extras => Volatile.Read(ref _extras) ?? MakeExtras();

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType)
    {
        ArgumentNullException.ThrowIfNull(componentType);
        if (componentType.IsInstanceOfType(this))
        {
            return this;
        }

        var extras = Extras;
        lock (extras)
        {
            if (extras.Components is { } components && components.TryGetValue(componentType, out var component))
            {
                return component;
            }
        }

        return typeof(IGrainExtension).IsAssignableFrom(componentType) ? CreateExtension(componentType) : null;
    }

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        var extras = Extras;
        lock (extras)
        {
            if (value is null)
            {
                extras.Components?.Remove(typeof(TComponent));
            }
            else
            {
                (extras.Components ??= [])[typeof(TComponent)] = value;
            }
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"[{_class.Type.Name} {GrainId} {_state}]";

    private object? CreateExtension(Type extensionType)
    {
        var created = ActivationServices.GetKeyedService<IGrainExtension>(extensionType);
        if (created is null)
        {
            return null;
        }

        var extras = Extras;
        lock (extras)
        {
            extras.Components ??= [];
            extras.Components.TryAdd(extensionType, created);
            return extras.Components[extensionType];
        }
    }

    private ActivationExtras MakeExtras()
    {
        var extras = new ActivationExtras();
        return Interlocked.CompareExchange(ref _extras, extras, null) ?? extras;
    }
}

/// <summary>The way of an activation.</summary>
internal enum ActivationState : byte
{
    /// <summary>Nothing has come yet.</summary>
    New,

    /// <summary>The grain is made and its activation hooks run; calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>The activation failed; calls wait for a while and are rejected.</summary>
    Failed,

    /// <summary>Running calls end, then the deactivation hooks run; new calls wait.</summary>
    Deactivating,

    /// <summary>Calls go on to a new activation.</summary>
    Gone,
}
