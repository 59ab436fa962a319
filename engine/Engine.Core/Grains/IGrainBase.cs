using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class must offer its host. Deriving from <see cref="Grain"/> is the usual way.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call. If it throws, the activation fails and waiting callers get the exception.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call. It does not run if the process dies.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
