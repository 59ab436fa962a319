namespace Orleans.Runtime;

/// <summary>
/// A clock that is read for nothing, because it stands still for <see cref="Period"/>; and with every step it ends the
/// calls of its host that have waited too long.
/// </summary>
internal sealed class CallClock : IDisposable
{
    /// <summary>How coarse the clock is, and how late a call may time out.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly CallDispatcher _dispatcher;
    private readonly ITimer _timer;
    private long _now;

    public CallClock(TimeProvider time, CallDispatcher dispatcher)
    {
        _time = time;
        _dispatcher = dispatcher;
        _now = time.GetTimestamp();
        _timer = time.CreateTimer(static clock => ((CallClock)clock!).Step(), this, Period, Period);
    }

    /// <summary>The time provider's timestamp, at most a period old.</summary>
    public long Now => Volatile.Read(ref _now);

    public long ToTimestamp(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    public TimeSpan ToTimeSpan(long timestamps) => _time.GetElapsedTime(0, timestamps);

    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    /// <summary>When a call that starts now times out.</summary>
    public long DeadlineAfter(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return long.MaxValue;
        }

        // The clock may be a period behind; nothing may time out early.
        return Now + ToTimestamp(timeout + Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Step()
    {
        var now = _time.GetTimestamp();
        Volatile.Write(ref _now, now);
        LiveCalls.Expire(_dispatcher, now);
    }
}
