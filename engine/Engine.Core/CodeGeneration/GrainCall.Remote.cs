using System.Buffers;
using System.Diagnostics;
using Orleans.Runtime;

namespace Engine.CodeGeneration;

/// <content>
/// A call between processes: at the caller it waits for an answer from the network; at the callee its answer goes there. A call
/// that came from the network and moves on to another silo does both.
/// </content>
public abstract partial class GrainCall : IAwaitsAnswer, IThreadPoolWorkItem
{
    /// <summary>Its number among those that wait for another process; 0 if it does not.</summary>
    internal long PendingNumber { get; set; }

    /// <summary>Who called from another process; null if the caller is in this one.</summary>
    internal RemoteCaller? Caller { get; private set; }

    /// <summary>The calling grain; the default for a client.</summary>
    internal GrainId SourceId => Caller is null ? Source?.GrainId ?? default : RemoteSource;

    /// <summary>The caller's span.</summary>
    internal ActivityContext? CallerSpan => Caller is null ? Span?.Context : (ActivityContext?)RemoteSpan;

    private long RequestNumber { get; set; }

    private GrainId RemoteSource { get; set; }

    /// <summary>A boxed <see cref="ActivityContext"/>: few calls have one.</summary>
    private object? RemoteSpan { get; set; }

    private long ExpiresAt { get; set; }

    /// <summary>Begins the use of a call that came from another process.</summary>
    internal void BeginRemote(CallDispatcher dispatcher, RemoteCaller caller, long request, GrainId target, GrainId source, long expiresAt)
    {
        Dispatcher = dispatcher;
        Caller = caller;
        RequestNumber = request;
        TargetId = target;
        RemoteSource = source;
        ExpiresAt = expiresAt;
        Interlocked.Exchange(ref _ticket, (_ticket & ~Answered) + NextUse);
    }

    internal void SetRemoteSpan(ActivityContext context) => RemoteSpan = context;

    /// <summary>Gives the callee a token, if its method takes one.</summary>
    /// <returns>What cancels it.</returns>
    internal CancellationTokenSource? MakeCancellable()
    {
        if (!Method.IsCancellable)
        {
            return null;
        }

        CalleeCancellation = new CancellationTokenSource();
        CancellationToken = CalleeCancellation.Token;
        return CalleeCancellation;
    }

    /// <summary>Whether its caller has certainly given up.</summary>
    internal bool IsExpired(long now) => Caller is null ? IsAnswered : ExpiresAt <= now;

    /// <summary>How long its caller waits from now on, in milliseconds, as a request has it: 0 for ever.</summary>
    internal uint LifetimeAt(long now, CallClock clock)
    {
        var until = Caller is null ? Deadline : ExpiresAt;
        return until == long.MaxValue ? 0 : (uint)Math.Clamp(clock.ToTimeSpan(until - now).TotalMilliseconds, 1, uint.MaxValue);
    }

    /// <summary>Ends the use of an expired call without an answer.</summary>
    internal void Drop()
    {
        if (Caller is not null)
        {
            LeaveCaller().Leave();
            Abandon();
        }
    }

    /// <summary>Writes the result that the invocation left.</summary>
    internal abstract void WriteOutcome(ref Writer writer);

    /// <summary>Reads what <see cref="WriteOutcome"/> wrote.</summary>
    internal abstract void ReadOutcome(ref Reader reader);

    void IAwaitsAnswer.Answered(in ReadOnlySequence<byte> body)
    {
        PendingNumber = 0;
        Error = AnswerFormat.Read(body, this, Dispatcher!.Codecs);
        Dispatcher.OnAnswered(this);
        AnswerFromNetwork();
    }

    void IAwaitsAnswer.Failed(Exception exception, bool wasSent)
    {
        PendingNumber = 0;
        if (wasSent && Caller is { IsClient: true })
        {
            // Clients are not told of silos that are lost: they time out, and by then the grain may be elsewhere.
            Drop();
            return;
        }

        Error = exception;
        AnswerFromNetwork();
    }

    bool IAwaitsAnswer.IsExpired(long now) => Caller is not null && ExpiresAt <= now;

    void IAwaitsAnswer.Expire() => Drop();

    void IThreadPoolWorkItem.Execute() => Answer();

    /// <summary>Whether completing the answer may run what awaits it right here.</summary>
    private protected abstract bool CompletesInline { get; }

    private protected void SendAnswer()
    {
        var (dispatcher, request) = (Dispatcher!, RequestNumber);
        LeaveCaller().Answer(AnswerFormat.Write(this, request, dispatcher.Codecs, dispatcher.MaxMessageBody));
    }

    private void AnswerFromNetwork()
    {
        if (Caller is null && CompletesInline)
        {
            // A read loop waits for nobody's code.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        else
        {
            Answer();
        }
    }

    private RemoteCaller LeaveCaller()
    {
        var caller = Caller!;
        if (CalleeCancellation is not null)
        {
            caller.ForgetCancellation(RequestNumber);
        }

        return caller;
    }

    private void Abandon()
    {
        Interlocked.Exchange(ref _ticket, _ticket | Answered);
        IsAbandoned = true;
    }

    private void RecycleRemote()
    {
        PendingNumber = 0;
        if (Caller is not null)
        {
            Caller = null;
            RemoteSource = default;
            RemoteSpan = null;
        }
    }
}
