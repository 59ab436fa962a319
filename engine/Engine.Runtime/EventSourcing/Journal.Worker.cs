using Orleans.EventSourcing.Common;

namespace Orleans.EventSourcing.CustomStorage;

internal sealed partial class Journal<TState, TEvent>
{
    private Task? _work;
    private TaskCompletionSource? _idle;
    private PrimaryOperationFailed? _issue;
    private bool _running;
    private bool _stopped;

    private bool HasWork => _load is not null || _refresh is not null || _pending.Count > 0;

    /// <summary>The worker starts in a turn of its own, so that it finds everything the current turn has raised.</summary>
    private void WakeWorker()
    {
        if (_running)
            return;
        _running = true;
        grain.GrainContext.Scheduler.QueueAction(static self => ((Journal<TState, TEvent>)self).Start(), this);
    }

    private void Start()
    {
        var work = WorkAsync();
        _work = work.IsCompleted ? null : work;
    }

    private async Task WorkAsync()
    {
        while (HasWork && !_stopped)
        {
            var refresh = _refresh;
            _refresh = null;
            if (_load is not null || _pending.Count == 0)
                await ReadAsync();
            if (_pending.Count > 0)
                await WriteAsync();
            Complete(refresh);
        }

        if (_stopped)
        {
            _pending.Abandon();
            Complete(_refresh);
        }

        _running = false;
        _work = null;
        _idle?.TrySetResult();
        _idle = null;
    }

    private Task WhenIdle()
    {
        if (!_running)
            return Task.CompletedTask;
        _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _idle.Task;
    }

    private void Complete(TaskCompletionSource? waiter)
    {
        if (_stopped)
            waiter?.TrySetCanceled();
        else
            waiter?.TrySetResult();
    }

    /// <summary>Reads the state, as often as it takes.</summary>
    private async Task ReadAsync()
    {
        while (!_stopped)
        {
            try
            {
                var (version, state) = await _storage.ReadStateFromStorage();
                ArgumentNullException.ThrowIfNull(state);
                Resolve<ReadFailed>();
                Replace(version, state);
                break;
            }
            catch (Exception e)
            {
                await PauseAfter(new ReadFailed { Exception = e });
            }
        }

        Complete(_load);
        _load = null;
    }

    private void Replace(int version, TState state)
    {
        var changed = version != Version;
        _confirmed = state;
        Version = version;
        _tentative = null;
        if (changed)
            Notify(tentative: true, confirmed: true);
    }

    /// <summary>Stores what is pending as one batch, as often as it takes. Conditional events whose position was taken are refused on the way.</summary>
    private async Task WriteAsync()
    {
        TimeSpan? pause = null;
        while (!_stopped)
        {
            if (_pending.RefuseStale(Version) > 0)
            {
                _tentative = null;
                Notify(tentative: true, confirmed: false);
            }

            if (_pending.Count == 0)
                return;

            var expectedVersion = Version;
            var batch = _pending.ToArray();
            var written = await TryWriteAsync(batch);
            if (written == true)
            {
                Confirm(batch);
                return;
            }

            await ReadAsync();
            if (written == false && Version == expectedVersion)
            {
                // Refused, and yet nothing has changed: the same again at once would only make the storage busy.
                pause = PrimaryOperationFailed.NextDelay(pause);
                await PauseAsync(pause.Value);
            }
        }
    }

    /// <returns>What the storage said; null if it threw.</returns>
    private async Task<bool?> TryWriteAsync(TEvent[] batch)
    {
        try
        {
            var written = await _storage.ApplyUpdatesToStorage(batch, Version);
            Resolve<WriteFailed>();
            return written;
        }
        catch (Exception e)
        {
            await PauseAfter(new WriteFailed { Exception = e });
            return null;
        }
    }

    private void Confirm(TEvent[] batch)
    {
        foreach (var @event in batch)
            Apply(Confirmed, @event);
        Version += batch.Length;
        Notify(tentative: false, confirmed: true);

        _pending.Settle(batch.Length);
        if (_pending.Count == 0)
            _tentative = null;
        Notify(tentative: true, confirmed: true);
    }

    private Task PauseAfter(PrimaryOperationFailed failure)
    {
        var now = _services.Time.GetUtcNow().UtcDateTime;
        var previous = _issue?.GetType() == failure.GetType() ? _issue : null;
        failure.TimeStamp = now;
        failure.TimeOfFirstFailure = previous?.TimeOfFirstFailure ?? now;
        failure.NumberOfConsecutiveFailures = (previous?.NumberOfConsecutiveFailures ?? 0) + 1;
        failure.RetryDelay = failure.ComputeRetryDelay(previous?.RetryDelay);
        _issue = failure;
        LogStorageFailed(_services.Logger, failure.Exception!, grain.GrainContext.GrainId, failure, failure.RetryDelay);
        try
        {
            ((IConnectionIssueListener)grain).OnConnectionIssue(failure);
        }
        catch (Exception e)
        {
            LogCallbackFailed(_services.Logger, e, grain.GrainContext.GrainId);
        }

        return PauseAsync(failure.RetryDelay);
    }

    private Task PauseAsync(TimeSpan delay) => delay > TimeSpan.Zero ? Task.Delay(delay, _services.Time) : Task.CompletedTask;

    /// <summary>An operation worked: its trouble, if it had any, is over.</summary>
    private void Resolve<TIssue>() where TIssue : PrimaryOperationFailed
    {
        if (_issue is not TIssue issue)
            return;
        _issue = null;
        try
        {
            ((IConnectionIssueListener)grain).OnConnectionIssueResolved(issue);
        }
        catch (Exception e)
        {
            LogCallbackFailed(_services.Logger, e, grain.GrainContext.GrainId);
        }
    }
}
