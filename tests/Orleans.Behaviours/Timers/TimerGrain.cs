using Orleans.Behaviours.Support;
using Orleans.Concurrency;

namespace Orleans.Behaviours.Timers;

/// <summary>Each method registers timers; their ticks are entries of the grain's trace.</summary>
public interface ITimerGrain : IGrainWithStringKey
{
    Task Tick(string name, string state);

    Task TickAndThrow(string name);

    /// <summary>An interleaving timer and a plain one tick while the call waits at the gate.</summary>
    Task HoldWithTimers(string gate);

    /// <summary>Every tick takes two awaits.</summary>
    Task TickSlowly(string name);

    Task TickThenDispose(string name, int ticks);

    Task TickOnceThenChange(string name);

    /// <summary>The callback waits for its token, which the grain cancels by disposing the timer in a call.</summary>
    Task WaitInCallback(string gate);

    Task DisposeTimer();

    Task<string> Deactivate();

    [AlwaysInterleave]
    Task Nothing();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);
    private IGrainTimer? _timer;

    private Trace Trace => Trace.Of(this.GetPrimaryKeyString());

    public Task Tick(string name, string state)
    {
        this.RegisterGrainTimer(
            static (s, _) =>
            {
                s.Trace.Add(s.Entry);
                return Task.CompletedTask;
            },
            (Trace, Entry: $"{name} {state}"),
            s_short,
            s_short);
        return Task.CompletedTask;
    }

    public Task TickAndThrow(string name)
    {
        this.RegisterGrainTimer(Callback, s_short, s_short);
        return Task.CompletedTask;

        Task Callback()
        {
            Trace.Add(name);
            throw new InvalidOperationException("The tick fails.");
        }
    }

    public async Task HoldWithTimers(string gate)
    {
        var options = new GrainTimerCreationOptions(s_short, s_short);
        this.RegisterGrainTimer(() => Note("plain"), options);
        this.RegisterGrainTimer(() => Note("interleaving"), options with { Interleave = true });
        await Gate.Named(gate).PassAsync();
        Trace.Add("call ends");
    }

    public Task TickSlowly(string name)
    {
        var running = 0;
        this.RegisterGrainTimer(Callback, s_short, s_short);
        return Task.CompletedTask;

        async Task Callback()
        {
            Trace.Add($"{name} {++running}");
            await Task.Yield();
            await this.AsReference<ITimerGrain>().Nothing();
            running--;
        }
    }

    public Task TickThenDispose(string name, int ticks)
    {
        var count = 0;
        _timer = this.RegisterGrainTimer(Callback, s_short, s_short);
        return Task.CompletedTask;

        Task Callback()
        {
            Trace.Add($"{name} {++count}");
            if (count == ticks)
                _timer!.Dispose();
            return Task.CompletedTask;
        }
    }

    public Task TickOnceThenChange(string name)
    {
        _timer = this.RegisterGrainTimer(() => Note(name), s_short, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task WaitInCallback(string gate)
    {
        _timer = this.RegisterGrainTimer(
            async token =>
            {
                using var cancelled = token.Register(() => Trace.Add("cancelled"));
                await Gate.Named(gate).PassAsync();
            },
            new GrainTimerCreationOptions(s_short, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task DisposeTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task<string> Deactivate()
    {
        DeactivateOnIdle();
        return Task.FromResult(GrainContext.ActivationId.ToString());
    }

    public Task Nothing() => Task.CompletedTask;

    private Task Note(string entry)
    {
        Trace.Add(entry);
        if (entry == "changes" && Trace.Entries.Count == 1)
            _timer!.Change(s_short, s_short);
        return Task.CompletedTask;
    }
}
