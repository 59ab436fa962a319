using Orleans.EventSourcing.Common;

namespace Orleans.EventSourcing.CustomStorage;

internal sealed partial class Journal<TState, TEvent>
{
    private Task? _work;
    private TaskCompletionSource? _idle;
    private PrimaryOperationFailed? _issue;
    private bool _running;
    private bool _stopping;
    private bool _stopped;

    /// <summary>Nobody needs the storage any longer: the activation ends, and nothing is left to store.</summary>
    private bool GivesUp => _stopped || (_stopping && _pending.Count == 0);

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
        while (HasWork && !GivesUp)
        {
            var refresh = _refresh;
            _refresh = null;
            var isDone = true;
            if (_load is not null || _pending.Count == 0)
                isDone = await ReadAsync();
            if (_pending.Count > 0)
                isDone = await WriteAsync();
            Complete(refresh, isDone);
        }

        if (GivesUp)
            Abandon();

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

    private void Abandon()
    {
        _pending.Abandon();
        Complete(_refresh, isDone: false);
        Complete(_load, isDone: false);
        _refresh = _load = null;
    }

    private static void Complete(TaskCompletionSource? waiter, bool isDone)
    {
        if (isDone)
            waiter?.TrySetResult();
        else
            waiter?.TrySetCanceled();
    }

    /// <summary>Reads the state, as often as it takes.</summary>
    /// <returns>False if that is no longer needed.</returns>
    private async Task<bool> ReadAsync()
    {
        while (!GivesUp)
        {
            try
            {
                var (version, state) = await _storage.ReadStateFromStorage();
                ArgumentNullException.ThrowIfNull(state);
                Resolve<ReadFailed>();
                Replace(version, state);
                Complete(_load, isDone: true);
                _load = null;
                return true;
            }
            catch (Exception e)
            {
                await PauseAfter(new ReadFailed { Exception = e });
            }
        }

        return false;
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
    /// <returns>False if that is no longer wanted.</returns>
    private async Task<bool> WriteAsync()
    {
        TimeSpan? pause = null;
        while (!GivesUp)
        {
            if (_pending.RefuseStale(Version) > 0)
            {
                _tentative = null;
                Notify(tentative: true, confirmed: false);
            }

            if (_pending.Count == 0)
                return true;

            var expectedVersion = Version;
            var batch = _pending.ToArray();
            var written = await TryWriteAsync(batch);
            if (written == true)
            {
                Confirm(batch);
                return true;
            }

            await ReadAsync();
            if (written == false && Version == expectedVersion)
            {
                // Refused, and yet nothing has changed: the same again at once would only make the storage busy.
                pause = PrimaryOperationFailed.NextDelay(pause);
                await PauseAsync(pause.Value);
            }
        }

        return false;
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
