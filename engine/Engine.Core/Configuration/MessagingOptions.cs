namespace Orleans.Configuration;

/// <summary>How calls are sent and how long they are waited for.</summary>
public abstract class MessagingOptions
{
    private TimeSpan _responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a caller waits for an answer, unless <see cref="ResponseTimeoutAttribute"/> says otherwise.</summary>
    public TimeSpan ResponseTimeout
    {
        get => System.Diagnostics.Debugger.IsAttached ? ResponseTimeoutWithDebugger : _responseTimeout;
        set => _responseTimeout = value;
    }

    /// <summary>The same while a debugger is attached.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A call that nobody waits for any longer is not started.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>A call that timed out is cancelled at the callee.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>A cancelled call completes for its caller only when the callee has completed it.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }

    /// <summary>Bytes that the arguments or the result of a call may have on their way to another process.</summary>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Bytes that a call may have beside its arguments: ids, request context.</summary>
    public int MaxMessageHeaderSize { get; set; } = 10 * 1024 * 1024;
}

/// <summary>The same for clients.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>The same for silos.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    public static readonly TimeSpan DEFAULT_MAX_REQUEST_PROCESSING_TIME = TimeSpan.FromHours(2);

    /// <summary>How often a call may be passed on, because a grain had moved or deactivated, before it is rejected.</summary>
    public int MaxForwardCount { get; set; } = 2;

    /// <summary>How many calls may wait at one activation before further ones are rejected; 0 for no bound.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }

    /// <summary>An activation whose call runs longer is given up, and its waiting calls go to a new one.</summary>
    public TimeSpan MaxRequestProcessingTime { get; set; } = DEFAULT_MAX_REQUEST_PROCESSING_TIME;
}
