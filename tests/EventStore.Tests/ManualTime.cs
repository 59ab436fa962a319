namespace Crescent.EventStore.Tests;

/// <summary>A clock that moves when the test says so.</summary>
sealed class ManualTime : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    DateTimeOffset _now = Sample.Time;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits for the clock.</summary>
    public async Task ArmedAsync(CancellationToken ct)
    {
        while (true)
        {
            Task armed;
            lock (_gate)
            {
                if (_timers.Count > 0) return;
                armed = _armed.Task;
            }

            await armed.WaitAsync(TimeSpan.FromSeconds(10), ct);
        }
    }

    /// <summary>Waits until somebody waits for the clock, then moves it to that moment; answers how far that was.</summary>
    public async Task<TimeSpan> AdvanceToNextAsync(CancellationToken ct)
    {
        while (true)
        {
            await ArmedAsync(ct);
            ManualTimer? next;
            TimeSpan step;
            lock (_gate)
            {
                next = _timers.MinBy(timer => timer.Due);
                if (next is null) continue;
                step = next.Due - _now;
                _now = next.Due;
                _timers.Remove(next);
            }

            next.Fire();
            return step;
        }
    }

    /// <summary>Moves the clock on and fires what is due by then.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now).OrderBy(timer => timer.Due)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    void Arm(ManualTimer timer, TimeSpan dueTime)
    {
        TaskCompletionSource armed;
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.Due = _now + dueTime;
            _timers.Add(timer);
            (armed, _armed) = (_armed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        armed.SetResult();
    }

    void Disarm(ManualTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime);
            return true;
        }

        public void Dispose() => time.Disarm(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
