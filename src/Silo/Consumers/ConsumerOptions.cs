using Crescent.EventStore;

namespace Crescent.Silo.Consumers;

/// <summary>How the consumers of the log read it, from <c>Crescent:Consumers</c>.</summary>
public sealed class ConsumerOptions
{
    public const string Section = "Crescent:Consumers";

    /// <summary>Events a consumer applies at once.</summary>
    public int BatchSize { get; set; } = 2000;

    /// <summary>
    /// The least time between two batches of a consumer, unless there is a full one: under load events gather instead of
    /// each being a transaction of its own, and the first one after a quiet time waits for nothing.
    /// </summary>
    public TimeSpan GatherTime { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How long a consumer that is told nothing waits before it looks for itself.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after the first failure in a row; it doubles with each further one.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Aggregates whose follow-ups are seen to at the same time.</summary>
    public int MaxParallel { get; set; } = 32;

    internal SubscriptionOptions Subscription => new()
    {
        BatchSize = BatchSize,
        GatherTime = GatherTime,
        PollInterval = PollInterval,
        FirstRetryDelay = FirstRetryDelay,
        MaxRetryDelay = MaxRetryDelay,
    };

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem()
    {
        if (MaxParallel is < 1 or > 1024) return $"{Section}:{nameof(MaxParallel)} must be from 1 to 1024, but is {MaxParallel}.";
        try
        {
            Subscription.Validate();
            return null;
        }
        catch (ArgumentException e)
        {
            return $"{Section}: {e.Message}";
        }
    }
}
