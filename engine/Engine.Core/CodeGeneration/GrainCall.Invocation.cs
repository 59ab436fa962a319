using System.Diagnostics;
using Orleans.Runtime;

namespace Engine.CodeGeneration;

/// <content>
/// The envelope, and who may answer. A call is answered once: by its callee, or by a timeout, a cancellation or the end
/// of the host, whoever claims it first. Claims name the use of the pooled object they mean (the ticket), so that one
/// that comes too late meets a later use of the object and fails.
/// </content>
public abstract partial class GrainCall : MailboxItem
{
    private const long Answered = 1;
    private const long NextUse = 2;

    // The number of the use, and the lowest bit: answered or not in use.
    private long _ticket = Answered;
    private int _live;
    private CancellationToken _callerToken;
    private CancellationTokenRegistration _callerRegistration;

    internal GrainId TargetId { get; private set; }

    /// <summary>The activation that calls; null for a client.</summary>
    internal IGrainContext? Source { get; private set; }

    /// <summary>The activation that has the call.</summary>
    internal ICallReceiver? Receiver { get; set; }

    internal Dictionary<string, object>? RequestContextValues { get; set; }

    /// <summary>The caller's span.</summary>
    internal Activity? Span { get; set; }

    /// <summary>The callee's span.</summary>
    internal Activity? InvocationSpan { get; set; }

    /// <summary>How often the call was passed on from an activation that was ending.</summary>
    internal int ForwardCount { get; set; }

    /// <summary>When it was sent, for measurements; 0 if nobody measures.</summary>
    internal long SentAt { get; set; }

    /// <summary>What the callee's cancellation token listens to; null if the call can't be cancelled.</summary>
    internal CancellationTokenSource? CalleeCancellation { get; private set; }

    /// <summary>What the method threw, or why the call was rejected.</summary>
    internal Exception? Error { get; set; }

    /// <summary>Nobody waits for the answer any longer.</summary>
    internal bool IsAnswered => (Volatile.Read(ref _ticket) & Answered) != 0;

    private CallDispatcher? Dispatcher { get; set; }

    private long Deadline { get; set; }

    private TimeSpan ResponseTimeout { get; set; }

    /// <summary>Someone other than the callee answered, while the callee may still use the object: it must not be pooled.</summary>
    private protected bool IsAbandoned { get; private set; }

    /// <summary>Begins a use of the object.</summary>
    internal void Begin(CallDispatcher dispatcher, GrainId target, IGrainContext? source, long deadline, TimeSpan timeout)
    {
        Dispatcher = dispatcher;
        TargetId = target;
        Source = source;
        Deadline = deadline;
        ResponseTimeout = timeout;

        // A full fence: either this sees that a sweep has just let go of the object, or the sweep sees that it is in use.
        Interlocked.Exchange(ref _ticket, (_ticket & ~Answered) + NextUse);
        if (Volatile.Read(ref _live) == 0 && Interlocked.Exchange(ref _live, 1) == 0)
        {
            LiveCalls.Add(this);
        }
    }

    /// <summary>Answers a call whose token is cancelled before it is sent: the callee might be quicker than the cancellation.</summary>
    /// <returns>Whether it was, and there is nothing to send.</returns>
    internal bool RejectIfCancelled()
    {
        if (!CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        Reject(new OperationCanceledException(CancellationToken));
        return true;
    }

    /// <summary>Gives the callee a token of its own that follows the caller's. Call it last before the call is delivered.</summary>
    internal void LinkCancellation()
    {
        if ((Method.Options & GrainMethodOptions.Cancellable) == 0)
        {
            return;
        }

        _callerToken = CancellationToken;
        if (!_callerToken.CanBeCanceled && !Dispatcher!.CancelOnTimeout)
        {
            return;
        }

        CalleeCancellation = new CancellationTokenSource();
        CancellationToken = CalleeCancellation.Token;
        _callerRegistration = _callerToken.UnsafeRegister(static call => ((GrainCall)call!).OnCallerCancelled(), this);
    }

    /// <summary>Invokes the method on the grain, through the filters if there are any.</summary>
    /// <returns>Whether it has ended; if not, the receiver is told later.</returns>
    internal abstract bool Invoke(object target, ICallFilters? filters);

    /// <summary>Isolates the result from what the grain keeps. Exceptions are passed on as they are.</summary>
    internal abstract void IsolateResult(CodecProvider codecs, RoundTrip? roundTrip);

    /// <summary>The callee's answer, its last use of the object: the result that the invocation left, or <see cref="Error"/>.</summary>
    internal void Answer()
    {
        var ticket = Volatile.Read(ref _ticket);
        if ((ticket & Answered) == 0 && TryClaim(ticket))
        {
            // A cancellation that is running right now holds on to the object.
            IsAbandoned = !_callerRegistration.Unregister() && _callerToken.IsCancellationRequested;
            EndSpan(Error);
            Deliver();
        }
    }

    /// <summary>Answers with an exception in place of the callee.</summary>
    internal void Reject(Exception exception)
    {
        Error = exception;
        Answer();
    }

    internal bool IsDue(CallDispatcher host, long now, out long ticket)
    {
        ticket = Volatile.Read(ref _ticket);
        return (ticket & Answered) == 0 && Dispatcher == host && Caller is null && Deadline <= now;
    }

    /// <summary>Whether a sweep keeps the object: it is in use.</summary>
    internal bool StaysLive()
    {
        if (!IsAnswered)
        {
            return true;
        }

        Interlocked.Exchange(ref _live, 0);
        return !IsAnswered && Interlocked.Exchange(ref _live, 1) == 0;
    }

    internal void TimeOut(long ticket)
    {
        var (dispatcher, method, target, timeout) = (Dispatcher, Method, TargetId, ResponseTimeout);
        if (Abort(ticket, new TimeoutException($"No answer from {target} to {method.ActivityName} within {timeout}.")) && dispatcher!.CancelOnTimeout)
        {
            dispatcher.Cancel(this);
        }
    }

    /// <summary>Answers in place of the callee, which may still be running.</summary>
    internal bool Abort(long ticket, Exception exception)
    {
        if (!TryClaim(ticket))
        {
            return false;
        }

        IsAbandoned = true;
        EndSpan(exception);
        Dispatcher!.OnAbandoned(this, exception);
        DeliverFailure(exception);
        return true;
    }

    private protected abstract void Deliver();

    private protected abstract void DeliverFailure(Exception exception);

    /// <summary>Ends the use: the object goes back to its pool.</summary>
    private protected void Recycle()
    {
        RecycleRemote();
        Dispatcher = null;
        Source = null;
        Receiver = null;
        RequestContextValues = null;
        Span = null;
        InvocationSpan = null;
        ForwardCount = 0;
        Error = null;
        CalleeCancellation = null;
        _callerToken = default;
        _callerRegistration = default;
        Reset();
    }

    private bool TryClaim(long ticket) => Interlocked.CompareExchange(ref _ticket, ticket | Answered, ticket) == ticket;

    private void OnCallerCancelled()
    {
        var dispatcher = Dispatcher!;
        var ticket = Volatile.Read(ref _ticket);
        if ((ticket & Answered) == 0 && !dispatcher.WaitForCancellationAcknowledgement)
        {
            // Elsewhere: what awaits the call may run inline, and the caller's Cancel() should not wait for that.
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => work.call.Abort(work.ticket, new OperationCanceledException(work.call._callerToken)), (call: this, ticket), preferLocal: false);
        }

        dispatcher.Cancel(this);
    }

    private void EndSpan(Exception? error)
    {
        if (Span is { } span)
        {
            CallTracing.End(span, error);
        }
    }
}
