namespace Orleans.EventSourcing.Common;

/// <summary>An operation on the storage threw.</summary>
public abstract class PrimaryOperationFailed : ConnectionIssue
{
    private static readonly TimeSpan SecondDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private const double Growth = 1.5;

    /// <summary>What the storage threw.</summary>
    public Exception? Exception { get; set; }

    /// <summary>Nothing after the first failure, then a wait that grows by half each time, up to ten seconds.</summary>
    public override TimeSpan ComputeRetryDelay(TimeSpan? previous) => NextDelay(previous);

    internal static TimeSpan NextDelay(TimeSpan? previous)
    {
        if (previous is not { } last)
            return TimeSpan.Zero;
        if (last < SecondDelay)
            return SecondDelay;
        var next = last * Growth;
        return next < LongestDelay ? next : LongestDelay;
    }
}

/// <summary>The state could not be read.</summary>
internal sealed class ReadFailed : PrimaryOperationFailed
{
    public override string ToString() => "reading the state failed";
}

/// <summary>Events could not be written; whether they are stored is unknown.</summary>
internal sealed class WriteFailed : PrimaryOperationFailed
{
    public override string ToString() => "writing events failed";
}
