using System.Collections.Concurrent;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>Whoever calls this silo over a connection, and its calls that are not answered yet.</summary>
internal sealed class RemoteCaller(Connection connection, RemoteCallers all)
{
    private ConcurrentDictionary<long, Action>? _cancellations;
    private int _running;

    public Connection Connection { get; } = connection;

    public bool IsClient => !Connection.Peer.IsSilo;

    /// <summary>Requests that came and are not answered.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Counts a request.</summary>
    /// <returns>Why there is no room for it; it is not counted then. Null if there is.</returns>
    public Exception? TryEnter()
    {
        var running = Interlocked.Increment(ref _running);
        var overall = all.Enter();
        if (running <= all.MaxRequestsOfOne && overall <= all.MaxRequests)
        {
            return null;
        }

        Leave();
        var reached = running > all.MaxRequestsOfOne
            ? $"{running - 1} requests of {Connection.Peer} wait for their answers, and {all.MaxRequestsOfOne} is the limit"
            : $"{overall - 1} requests of other processes wait for their answers, and {all.MaxRequests} is the limit";
        return IsClient ? new GatewayTooBusyException($"The gateway is too busy: {reached}.") : new LimitExceededException($"The silo is too busy: {reached}.");
    }

    /// <summary>A request that was counted will not be answered.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _running);
        all.Leave();
    }

    /// <summary>Sends the answer to a request that was counted. The frame is the connection's, or goes back to its pool.</summary>
    public void Answer(OutgoingFrame frame)
    {
        // In this order: a silo that stops waits until all are answered.
        Send(frame);
        Leave();
    }

    /// <summary>Sends the answer to a request that was not counted.</summary>
    public void Send(OutgoingFrame frame)
    {
        if (!all.MayAnswer)
        {
            frame.Return();
            return;
        }

        var outcome = Connection.TrySend(frame);
        if (outcome != SendOutcome.Queued)
        {
            // The caller is gone, or takes no answers: it finds out by itself.
            frame.Return();
            all.AnswerDropped(Connection.Peer, outcome);
        }
    }

    /// <summary>Notes what a cancellation of a request does.</summary>
    public void SetCancellation(long request, Action cancel) =>
        (_cancellations ?? Interlocked.CompareExchange(ref _cancellations, [], null) ?? _cancellations)[request] = cancel;

    public void ForgetCancellation(long request) => _cancellations?.TryRemove(request, out _);

    public void Cancel(long request)
    {
        if (_cancellations is { } cancellations && cancellations.TryGetValue(request, out var cancel))
        {
            cancel();
        }
    }
}

/// <summary>All callers of a silo from other processes, and their bounds.</summary>
internal sealed class RemoteCallers(int maxRequestsOfOne, int maxRequests, Func<bool> mayAnswer, Action<Peer, SendOutcome> answerDropped)
{
    private TaskCompletionSource? _idle;
    private int _running;

    /// <summary>Requests of one connection that may wait for their answers.</summary>
    public int MaxRequestsOfOne { get; } = maxRequestsOfOne;

    /// <summary>Requests of all of them.</summary>
    public int MaxRequests { get; } = maxRequests;

    /// <summary>False while the silo may have been declared dead: whoever asked must not take its answers for the truth.</summary>
    public bool MayAnswer => mayAnswer();

    public int Running => Volatile.Read(ref _running);

    public int Enter() => Interlocked.Increment(ref _running);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            Volatile.Read(ref _idle)?.TrySetResult();
        }
    }

    /// <summary>Completes as soon as no request waits for its answer.</summary>
    public Task WhenIdle()
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _idle, idle);
        return Running == 0 ? Task.CompletedTask : idle.Task;
    }

    public void AnswerDropped(Peer peer, SendOutcome outcome) => answerDropped(peer, outcome);
}
