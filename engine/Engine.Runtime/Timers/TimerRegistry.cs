using Orleans.Runtime;

namespace Orleans.Timers;

internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options) =>
        grainContext is Activation activation
            ? activation.AddTimer(callback, state, options)
            : throw new ArgumentException($"{grainContext} is no activation of this silo.", nameof(grainContext));
}
