using Orleans.Behaviours.Support;
using Orleans.Configuration;

namespace Orleans.Behaviours.Activations;

/// <summary>How long the grains of these tests may be idle; the shortest that allows to tell them apart.</summary>
public static class CollectionAges
{
    public static void Configure(GrainCollectionOptions options)
    {
        options.CollectionQuantum = TimeSpan.FromSeconds(1);
        options.ClassSpecificCollectionAge[typeof(IdleGrain).FullName!] = TimeSpan.FromSeconds(2);
    }
}

public interface IIdleGrain : IGrainWithStringKey
{
    Task<string> Activation();

    /// <summary>Registers a timer that ticks more often than the activation may be idle.</summary>
    Task Tick(bool keepAlive);

    Task Delay(TimeSpan time);
}

public class IdleGrain : Grain, IIdleGrain
{
    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Tick(bool keepAlive)
    {
        var often = TimeSpan.FromMilliseconds(100);
        this.RegisterGrainTimer(static () => Task.CompletedTask, new GrainTimerCreationOptions(often, often) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Trace.Of(this.GetPrimaryKeyString()).Add(reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }
}
