namespace Orleans.Runtime.Networking;

/// <summary>A way to one other process: frames both ways, in order, until it is closed.</summary>
internal abstract class Connection
{
    /// <summary>Who is at the other end.</summary>
    public abstract Peer Peer { get; }

    /// <summary>For whoever receives its frames: what belongs to this connection, found without a lookup.</summary>
    public object? State { get; set; }

    public abstract bool IsClosed { get; }

    /// <summary>Completes, never faulted, when the connection is closed and its receiver has been told.</summary>
    public abstract Task Closed { get; }

    /// <summary>Queues a frame; from any thread. The frame belongs to the connection only if it was queued.</summary>
    /// <exception cref="ArgumentException">It is longer than the other side accepts.</exception>
    public abstract SendOutcome TrySend(OutgoingFrame frame);

    /// <summary>Ends the connection at once. What has not been sent goes to <see cref="IFrameReceiver.Unsent"/>.</summary>
    public abstract void Close(string reason);

    /// <summary>Takes no more frames, sends those that are queued, then closes; the token ends the wait and closes at once.</summary>
    public abstract Task FinishAsync(string reason, CancellationToken cancellationToken);
}
