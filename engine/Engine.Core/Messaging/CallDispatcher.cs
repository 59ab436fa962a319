using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Takes calls from proxies and brings them to their grains; one a host.</summary>
internal abstract class CallDispatcher
{
    /// <summary>What each call goes through before it is sent; null if there are no filters.</summary>
    public OutgoingFilters? Filters { get; protected set; }

    /// <summary>Starts the call. Whatever goes wrong completes the call; this never throws.</summary>
    public abstract void Send(GrainReference target, GrainCall call);

    /// <summary>The caller no longer wants the answer: tells the callee.</summary>
    public abstract void Cancel(GrainCall call);

    /// <summary>A call was answered in place of its callee: it timed out or was cancelled.</summary>
    public abstract void OnAbandoned(GrainCall call, Exception reason);

    /// <summary>The answer to a call came from another process.</summary>
    public abstract void OnAnswered(GrainCall call);

    public abstract CodecProvider Codecs { get; }

    /// <summary>Bytes that a message between processes may have.</summary>
    public abstract int MaxMessageBody { get; }

    /// <summary>A cancelled call completes only when its callee has completed it.</summary>
    public abstract bool WaitForCancellationAcknowledgement { get; }

    /// <summary>A call that timed out is cancelled at its callee.</summary>
    public abstract bool CancelOnTimeout { get; }
}
