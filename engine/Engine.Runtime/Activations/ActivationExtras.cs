using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>What only some activations need.</summary>
internal sealed class ActivationExtras
{
    public AsyncServiceScope? Scope { get; set; }

    public GrainLifecycle? Lifecycle { get; set; }

    public Dictionary<Type, object>? Components { get; set; }

    public List<GrainTimer>? Timers { get; set; }

    public GrainReference? Reference { get; set; }

    public ActivationId Id { get; } = ActivationId.NewId();

    public TaskCompletionSource Deactivated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Not collected before this timestamp, whatever it does.</summary>
    public long KeepUntil { get; set; }

    public DeactivationReason Reason { get; set; }

    public CancellationToken ReasonToken { get; set; }
}
