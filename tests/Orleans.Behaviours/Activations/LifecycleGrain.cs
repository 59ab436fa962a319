using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Activations;

public interface ILifecycleGrain : IGrainWithStringKey
{
    Task Deactivate();
}

/// <summary>Takes part in its own lifecycle.</summary>
public sealed class LifecycleGrain : Grain, ILifecycleGrain, ILifecycleParticipant<IGrainLifecycle>
{
    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public void Participate(IGrainLifecycle lifecycle)
    {
        Subscribe(lifecycle, "activate", GrainLifecycleStage.Activate);
        Subscribe(lifecycle, "set up", GrainLifecycleStage.SetupState);
        Subscribe(lifecycle, "first", GrainLifecycleStage.First);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Trace.Add("OnActivateAsync");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Trace.Add("OnDeactivateAsync");
        return Task.CompletedTask;
    }

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Subscribe(IGrainLifecycle lifecycle, string name, int stage) =>
        lifecycle.Subscribe(name, stage, _ => Note(name + " starts"), _ => Note(name + " stops"));

    private Task Note(string entry)
    {
        Trace.Add(entry);
        return Task.CompletedTask;
    }
}

/// <summary>Takes part in the silo's lifecycle.</summary>
public sealed class RecordingParticipant : ILifecycleParticipant<ISiloLifecycle>
{
    public const string Key = "silo lifecycle";

    public void Participate(ISiloLifecycle lifecycle)
    {
        Subscribe(lifecycle, nameof(ServiceLifecycleStage.Active), ServiceLifecycleStage.Active);
        Subscribe(lifecycle, nameof(ServiceLifecycleStage.ApplicationServices), ServiceLifecycleStage.ApplicationServices);
        Subscribe(lifecycle, nameof(ServiceLifecycleStage.RuntimeInitialize), ServiceLifecycleStage.RuntimeInitialize);
    }

    private static void Subscribe(ISiloLifecycle lifecycle, string name, int stage) =>
        lifecycle.Subscribe(name, stage, _ =>
        {
            Trace.Of(Key).Add(name);
            return Task.CompletedTask;
        });
}

/// <summary>Calls a grain when the silo starts.</summary>
public sealed class RecordingStartupTask(IGrainFactory grains) : IStartupTask
{
    public const string Key = "startup task";

    public async Task Execute(CancellationToken cancellationToken)
    {
        await grains.GetGrain<Turns.ITurnGrain>(Key).Note("called by the startup task");
        Trace.Of(Key).Add("ended");
    }
}
