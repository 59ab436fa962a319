using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A timer of an activation. It is the mailbox item of its own tick, of which there is at most one.</summary>
internal abstract class GrainTimer : MailboxItem, IGrainTimer
{
    private readonly Activation _activation;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _cancellation = new();
    private TimeSpan _period;
    private int _version;
    private int _versionOfTick;
    private int _busy;
    private int _dueAgain;
    private Task? _tick;
    private Action? _onTickEnded;
    private volatile bool _isDisposed;

    protected GrainTimer(Activation activation, TimeProvider time, GrainTimerCreationOptions options)
    {
        Validate(options.DueTime, options.Period);
        _activation = activation;
        _period = options.Period;
        Interleaves = options.Interleave;
        KeepsAlive = options.KeepAlive;

        // Ticks are no part of the call that started the timer.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static timer => ((GrainTimer)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public bool Interleaves { get; }

    public bool KeepsAlive { get; }

    public bool IsDisposed => _isDisposed;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        Interlocked.Increment(ref _version);
        _period = period;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _timer.Dispose();
        _activation.Forget(this);
        _cancellation.Cancel();
    }

    /// <summary>Runs the callback.</summary>
    /// <returns>Whether it has ended; if not, <paramref name="onEnded"/> is called on the grain's scheduler.</returns>
    public bool Begin(Action<GrainTimer> onEnded)
    {
        _versionOfTick = Volatile.Read(ref _version);
        try
        {
            _tick = Tick(_cancellation.Token);
        }
        catch (Exception exception)
        {
            _tick = Task.FromException(exception);
        }

        if (_tick.IsCompleted)
        {
            return true;
        }

        _onTickEnded ??= () => onEnded(this);
        _tick.GetAwaiter().UnsafeOnCompleted(_onTickEnded);
        return false;
    }

    /// <summary>Arms the next tick.</summary>
    /// <returns>What the callback threw.</returns>
    public Exception? End()
    {
        var tick = _tick!;
        _tick = null;
        Volatile.Write(ref _busy, 0);
        if (Interlocked.Exchange(ref _dueAgain, 0) != 0)
        {
            OnDue();
        }
        else if (!_isDisposed && _period != Timeout.InfiniteTimeSpan && _versionOfTick == Volatile.Read(ref _version))
        {
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        }

        return tick.IsFaulted ? tick.Exception.InnerException : null;
    }

    /// <summary>The tick was taken out of the mailbox and will not run.</summary>
    public void Skip() => Volatile.Write(ref _busy, 0);

    protected abstract Task Tick(CancellationToken token);

    private static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        }

        if (period != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        }
    }

    private void OnDue()
    {
        if (_isDisposed)
        {
            return;
        }

        // While the tick is queued or runs, the links of the item are in use.
        if (Interlocked.Exchange(ref _busy, 1) == 0)
        {
            _activation.Turns.Enqueue(this);
        }
        else
        {
            Volatile.Write(ref _dueAgain, 1);
        }
    }
}

/// <inheritdoc cref="GrainTimer"/>
internal sealed class GrainTimer<TState>(Activation activation, TimeProvider time, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, time, options)
{
    protected override Task Tick(CancellationToken token) => callback(state, token);
}
