namespace Orleans.Runtime;

/// <summary>Brings awaits back to their activation.</summary>
internal sealed class TurnContext(TurnScheduler scheduler) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => scheduler.Enqueue(new CallbackItem(d, state));

    /// <exception cref="NotSupportedException">Waiting for a turn from outside of the grain would block a thread.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!scheduler.IsCurrent)
        {
            throw new NotSupportedException("Work can be posted to a grain, not sent.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
