namespace Orleans;

/// <summary>Is started and stopped at its stage of a lifecycle.</summary>
public interface ILifecycleObserver
{
    Task OnStart(CancellationToken cancellationToken = default);

    Task OnStop(CancellationToken cancellationToken = default);
}

/// <summary>A lifecycle that can be joined.</summary>
public interface ILifecycleObservable
{
    /// <param name="observerName">For logs.</param>
    /// <param name="stage">Lower stages start first and stop last; those of one stage run together.</param>
    /// <param name="observer">What to start and stop.</param>
    /// <returns>Dispose it to leave.</returns>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}

/// <summary>A lifecycle that can be joined, started and stopped.</summary>
public interface ILifecycleSubject : ILifecycleObservable, ILifecycleObserver;

/// <summary>Asked to join a lifecycle before it starts.</summary>
public interface ILifecycleParticipant<in TLifecycleObservable> where TLifecycleObservable : ILifecycleObservable
{
    void Participate(TLifecycleObservable lifecycle);
}
