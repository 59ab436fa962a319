namespace Orleans.Reminders;

/// <summary>A reminder that this silo ticks: at its start, and then at whole periods after it. Ticks of one reminder don't overlap; missed ones are left out.</summary>
internal sealed class LocalReminder : IDisposable
{
    // Timers have a limit of some weeks; a longer wait is made of several.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    private readonly Func<LocalReminder, Task> _tick;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTime _next;
    private volatile bool _isDisposed;

    /// <param name="entry">The row.</param>
    /// <param name="isNew">It has just been registered: a first tick that is due by now still comes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tick">Calls the grain; never throws.</param>
    public LocalReminder(ReminderEntry entry, bool isNew, TimeProvider time, Func<LocalReminder, Task> tick)
    {
        Entry = entry;
        _time = time;
        _tick = tick;
        _next = isNew ? entry.StartAt : NextAfter(Now);

        // Ticks are no part of the call that registered the reminder.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static reminder => ((LocalReminder)reminder!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public ReminderEntry Entry { get; }

    public DateTime NextTick => _next;

    /// <summary>How much later than it should the tick that is under way came.</summary>
    public TimeSpan Lateness { get; private set; }

    /// <summary>The count of changes at which it was installed.</summary>
    public long Change { get; init; }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public void Start() => Arm();

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private DateTime NextAfter(DateTime now)
    {
        if (now < Entry.StartAt)
        {
            return Entry.StartAt;
        }

        var period = Math.Max(Entry.Period.Ticks, 1);
        return Entry.StartAt.AddTicks((((now - Entry.StartAt).Ticks / period) + 1) * period);
    }

    private void Arm()
    {
        var wait = _next - Now;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_longestWait ? s_longestWait : wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        if (_isDisposed)
        {
            return;
        }

        if (Now < _next)
        {
            Arm();
        }
        else
        {
            _ = TickAsync();
        }
    }

    private async Task TickAsync()
    {
        Lateness = Now - _next;

        // Computed anew after the tick, which may have taken longer than a period.
        _next = NextAfter(Now);
        await _tick(this).ConfigureAwait(false);
        if (!_isDisposed)
        {
            _next = NextAfter(Now);
            Arm();
        }
    }
}
