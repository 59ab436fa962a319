using Orleans.EventSourcing.CustomStorage;
using Orleans.Runtime;

namespace Orleans.EventSourcing;

/// <summary>A grain whose state is the outcome of a log of events.</summary>
/// <typeparam name="TView">The state.</typeparam>
public abstract class LogConsistentGrain<TView> : Grain, ILifecycleParticipant<IGrainLifecycle>
{
    /// <summary>Makes the log part of the activation's lifecycle.</summary>
    public virtual void Participate(IGrainLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        var journal = CreateJournal();
        lifecycle.Subscribe(nameof(JournaledGrain<,>), GrainLifecycleStage.SetupState, journal);
        lifecycle.Subscribe(nameof(JournaledGrain<,>), GrainLifecycleStage.Activate - 1, journal.Loading);
    }

    private protected abstract IJournal CreateJournal();
}
