namespace Orleans.Runtime;

/// <content>Timer ticks are turns: they wait like calls, unless they may interleave.</content>
internal sealed partial class Activation
{
    public IGrainTimer AddTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer<TState>(this, Catalog.Time, callback, state, options);
        var extras = Extras;
        lock (extras)
        {
            (extras.Timers ??= []).Add(timer);
        }

        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        var extras = Extras;
        lock (extras)
        {
            extras.Timers?.Remove(timer);
        }
    }

    private void Handle(GrainTimer timer)
    {
        if (timer.IsDisposed || _state is not (ActivationState.Active or ActivationState.Activating))
        {
            timer.Skip();
        }
        else if (_state == ActivationState.Active && (timer.Interleaves || _blocking == 0 || _class.IsReentrant))
        {
            Start(timer);
        }
        else
        {
            _waiting.Add(timer);
        }
    }

    private void Start(GrainTimer timer)
    {
        if (timer.IsDisposed)
        {
            timer.Skip();
            return;
        }

        Enter(Blocks(timer), readOnly: false);
        if (timer.Begin(ended => _ended.Add(ended)))
        {
            Finish(timer);
        }
    }

    private void Finish(GrainTimer timer)
    {
        Leave(Blocks(timer), readOnly: false);
        if (timer.KeepsAlive)
        {
            Touch();
        }

        if (timer.End() is { } exception)
        {
            Catalog.LogTimerFailed(exception, GrainId);
        }

        ContinueDeactivation();
    }

    private bool Blocks(GrainTimer timer) => !timer.Interleaves && !_class.IsReentrant;

    private void StopTimers()
    {
        if (_extras is not { } extras)
        {
            return;
        }

        List<GrainTimer> timers;
        lock (extras)
        {
            timers = [.. extras.Timers ?? []];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }
    }
}
