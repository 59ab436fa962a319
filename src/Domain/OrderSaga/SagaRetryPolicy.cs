namespace Crescent.Domain.OrderSaga;

/// <summary>How long and how often a step or a compensation is tried. Each attempt waits twice as long as the one before.</summary>
/// <param name="Budget">How long after its first failure it may be tried again.</param>
public sealed record SagaRetryPolicy(TimeSpan Budget, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    public static SagaRetryPolicy Default { get; } =
        new(TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <summary>When to try again, or null when the budget does not reach that far.</summary>
    /// <param name="attempt">The one that failed, from 1.</param>
    /// <param name="jitter">From 0 to 1: how much of half the delay is cut off, so that sagas failing together part.</param>
    public DateTimeOffset? RetryAt(int attempt, double jitter, DateTimeOffset failingSince, DateTimeOffset now)
    {
        var at = now + Delay(attempt, jitter);
        return at <= failingSince + Budget ? at : null;
    }

    public TimeSpan Delay(int attempt, double jitter)
    {
        var doubled = Math.Min(FirstDelay.Ticks * Math.Pow(2, Math.Max(0, attempt - 1)), MaxDelay.Ticks);
        var cut = doubled * (1 - Math.Clamp(jitter, 0, 1) / 2);
        return TimeSpan.FromTicks((long)Math.Max(cut, FirstDelay.Ticks));
    }
}
