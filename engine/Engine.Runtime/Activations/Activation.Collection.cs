namespace Orleans.Runtime;

/// <content>Idleness.</content>
internal sealed partial class Activation
{
    /// <summary>A timer tick that counts as use, or the end of a call.</summary>
    public void Touch() => _lastUsed = Catalog.Clock.Now;

    /// <summary>Keeps the activation at least that long; zero or less takes the promise back.</summary>
    public void Delay(TimeSpan span)
    {
        if (span <= TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
        {
            Extras.KeepUntil = 0;
        }
        else
        {
            Extras.KeepUntil = span == Timeout.InfiniteTimeSpan || span > TimeSpan.FromDays(36500) ? long.MaxValue : Catalog.Clock.Now + Catalog.Clock.ToTimestamp(span);
        }
    }

    /// <summary>Begins to deactivate if idle for long enough, or gives up if stuck. Any thread may ask; the scheduler decides.</summary>
    public void Review(long now)
    {
        if (IsIdle(now))
        {
            _scheduler.QueueAction(() => Collect(now));
        }
        else if (IsStuck(now))
        {
            _scheduler.QueueAction(() => Abandon(now));
        }
    }

    /// <summary>Deactivates if idle for that long, whatever the class's own age is; exempt classes stay.</summary>
    /// <returns>Completes when it is gone, or at once if it stays.</returns>
    public async Task CollectIfIdle(TimeSpan age)
    {
        var ends = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _scheduler.QueueAction(() =>
        {
            var now = Catalog.Time.GetTimestamp();
            var isIdle = IsIdle(now, Catalog.Clock.ToTimestamp(age));
            if (isIdle)
            {
                EndIdle();
            }

            ends.SetResult(isIdle);
        });
        if (await ends.Task)
        {
            await Deactivated;
        }
    }

    private bool IsIdle(long now) => IsIdle(now, _class.CollectionAgeInTimestamp);

    private bool IsIdle(long now, long age)
    {
        if (_state != ActivationState.Active || _running != 0 || _class.CollectionAge == Timeout.InfiniteTimeSpan)
        {
            return false;
        }

        return now - Volatile.Read(ref _lastUsed) >= age && (_extras is not { } extras || extras.KeepUntil <= now);
    }

    private bool IsStuck(long now) => _running != 0 && now - Volatile.Read(ref _busySince) > Catalog.MaxProcessingTimestamp;

    private void Collect(long now)
    {
        if (IsIdle(now))
        {
            EndIdle();
        }
    }

    private void EndIdle()
    {
        BeginDeactivation(new(DeactivationReasonCode.ActivationIdle, "It was idle for longer than its collection age"), CancellationToken.None);
        ContinueDeactivation();
    }

    private void Abandon(long now)
    {
        if (IsStuck(now) && _state != ActivationState.Gone)
        {
            Catalog.LogAbandoned(GrainId, _waiting.Count);
            StopTimers();
            Leave(Catalog.Forward);
        }
    }
}
