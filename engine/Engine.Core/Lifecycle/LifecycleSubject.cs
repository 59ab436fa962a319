using Microsoft.Extensions.Logging;

namespace Orleans;

/// <summary>Starts its observers stage by stage upwards, and stops those it has started downwards.</summary>
internal abstract partial class LifecycleSubject(ILogger logger) : ILifecycleSubject
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private int? _reached;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observerName, stage, observer);
        lock (_gate)
        {
            if (_reached >= stage)
            {
                throw new InvalidOperationException($"{observerName} can't join stage {stage}: the lifecycle has already reached stage {_reached}.");
            }

            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        // Observers of later stages may join while earlier ones start.
        while (NextStage() is { } stage)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _reached = stage.Key;
            try
            {
                await Task.WhenAll(stage.Value.ConvertAll(observer => Call(observer.Observer.OnStart, cancellationToken)));
            }
            catch (Exception exception)
            {
                LogStartFailed(logger, exception, stage.Key);
                throw;
            }

            OnStarted(stage.Key);
        }
    }

    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        List<Subscription> started;
        lock (_gate)
        {
            started = _reached is { } reached ? _subscriptions.FindAll(subscription => subscription.Stage <= reached) : [];
        }

        foreach (var stage in started.GroupBy(subscription => subscription.Stage).OrderByDescending(stage => stage.Key))
        {
            OnStopping(stage.Key);
            try
            {
                await Task.WhenAll(stage.Select(observer => Call(observer.Observer.OnStop, cancellationToken)));
            }
            catch (Exception exception)
            {
                // The other stages hold resources too.
                LogStopFailed(logger, exception, stage.Key);
            }
        }
    }

    protected virtual void OnStarted(int stage)
    {
    }

    protected virtual void OnStopping(int stage)
    {
    }

    private static async Task Call(Func<CancellationToken, Task> observer, CancellationToken token) => await observer(token);

    private KeyValuePair<int, List<Subscription>>? NextStage()
    {
        lock (_gate)
        {
            var rest = _subscriptions.FindAll(subscription => _reached is null || subscription.Stage > _reached);
            if (rest.Count == 0)
            {
                return null;
            }

            var stage = rest.Min(subscription => subscription.Stage);
            return new(stage, rest.FindAll(subscription => subscription.Stage == stage));
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A lifecycle failed to start at stage {Stage}; what had started is stopped.")]
    private static partial void LogStartFailed(ILogger logger, Exception exception, int stage);

    [LoggerMessage(2, LogLevel.Error, "A lifecycle failed to stop cleanly at stage {Stage}; the other stages stop nevertheless.")]
    private static partial void LogStopFailed(ILogger logger, Exception exception, int stage);

    private sealed record Subscription(LifecycleSubject Subject, string Name, int Stage, ILifecycleObserver Observer) : IDisposable
    {
        public void Dispose() => Subject.Remove(this);
    }
}
