using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation of a grain, as its host sees it.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    /// <summary>The grain object; null before it is created.</summary>
    object? GrainInstance { get; }

    ActivationId ActivationId { get; }

    GrainAddress Address { get; }

    /// <summary>A service scope that lives as long as the activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>What runs before and after the grain's own activation hooks.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Runs work as a turn of this activation.</summary>
    IWorkItemScheduler Scheduler { get; }

    /// <summary>Completes once the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Attaches a component to this activation; null removes it.</summary>
    void SetComponent<TComponent>(TComponent? value) where TComponent : class;

    /// <summary>Begins to deactivate: running calls finish, later ones go to a new activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Finds the activation whose turn is running.</summary>
public interface IGrainContextAccessor
{
    /// <summary>Null outside of grains.</summary>
    IGrainContext GrainContext { get; }
}
