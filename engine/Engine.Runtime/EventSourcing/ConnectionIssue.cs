namespace Orleans.EventSourcing;

/// <summary>Trouble between a journaled grain and its storage. It is retried for ever and never reaches a caller.</summary>
public abstract class ConnectionIssue
{
    /// <summary>When this failure happened (UTC).</summary>
    public DateTime TimeStamp { get; set; }

    /// <summary>When the first of the consecutive failures happened (UTC).</summary>
    public DateTime TimeOfFirstFailure { get; set; }

    /// <summary>How often it has failed without a success in between, this time included.</summary>
    public int NumberOfConsecutiveFailures { get; set; }

    /// <summary>How long to wait before the next try. <c>OnConnectionIssue</c> may change it.</summary>
    public TimeSpan RetryDelay { get; set; }

    /// <summary>The wait before the next try.</summary>
    /// <param name="previous">The wait before the try that failed; null after the first failure.</param>
    public abstract TimeSpan ComputeRetryDelay(TimeSpan? previous);
}

/// <summary>Hears of trouble with the storage of a journaled grain.</summary>
public interface IConnectionIssueListener
{
    /// <summary>An operation failed; it will be tried again after <see cref="ConnectionIssue.RetryDelay"/>.</summary>
    void OnConnectionIssue(ConnectionIssue connectionIssue);

    /// <summary>The operation that failed has now succeeded.</summary>
    void OnConnectionIssueResolved(ConnectionIssue connectionIssue);
}
