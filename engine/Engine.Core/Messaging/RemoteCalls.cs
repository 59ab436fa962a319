using System.Buffers;
using Engine.CodeGeneration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>The requests that a host sends to other processes, and their answers; where they go is for others to say.</summary>
internal sealed class RemoteCalls(CodecProvider codecs, CallClock clock, int maxBody, int maxPending)
{
    public PendingAnswers Pending { get; } = new(maxPending);

    public CodecProvider Codecs => codecs;

    public CallClock Clock => clock;

    public int MaxBody => maxBody;

    /// <summary>Writes a call's request and waits for its answer from here on.</summary>
    /// <param name="call">The call.</param>
    /// <param name="connection">Where the request goes at once; null if that is not known yet.</param>
    /// <param name="view">The sender's version of the membership.</param>
    /// <returns>Null if there is nothing to send: the call has been answered.</returns>
    public OutgoingFrame? Begin(GrainCall call, Connection? connection, long view)
    {
        var number = Pending.Add(call, connection);
        if (number == 0)
        {
            call.Reject(new LimitExceededException($"{Pending.Limit} calls wait for answers from other processes, which is the limit."));
            return null;
        }

        call.PendingNumber = number;
        if (call.CalleeCancellation is not null)
        {
            // Either this sees that the call has just been cancelled, or the cancellation sees the number.
            Interlocked.MemoryBarrier();
            if (call.IsAnswered)
            {
                Pending.Take(number);
                return null;
            }
        }

        var frame = OutgoingFrame.Rent(FrameKind.Request, number, maxBody);
        try
        {
            Write(frame, call, view);
            return frame;
        }
        catch (Exception exception)
        {
            frame.Return();
            Pending.Take(number)?.Failed(exception, wasSent: false);
            return null;
        }
    }

    /// <summary>Gives a connection the request that waits for it.</summary>
    /// <returns>False if the connection is gone, and the frame is still the caller's; else it is dealt with.</returns>
    public bool TrySend(Connection connection, OutgoingFrame frame)
    {
        var number = frame.CorrelationId;
        switch (connection.TrySend(frame))
        {
            case SendOutcome.Queued:
                return true;
            case SendOutcome.Full:
                frame.Return();
                Pending.Take(number)?.Failed(new LimitExceededException($"Too much waits to be sent to {connection.Peer}."), wasSent: false);
                return true;
            default:
                if (Pending.Assign(number, null))
                {
                    return false;
                }

                frame.Return();
                return true;
        }
    }

    /// <summary>An answer came.</summary>
    public void Receive(Connection connection, in IncomingFrame frame) =>
        Pending.TakeFrom(frame.CorrelationId, connection)?.Answered(frame.Body);

    /// <summary>The caller no longer wants the answer, but waits for it.</summary>
    /// <returns>Whether the call is with another process, or on its way to one.</returns>
    public bool Cancel(GrainCall call)
    {
        var number = call.PendingNumber;
        if (number == 0)
        {
            return false;
        }

        if (Pending.ConnectionOf(number) is { } connection)
        {
            SendCancel(connection, number);
        }

        return true;
    }

    /// <summary>The call was answered in place of its callee.</summary>
    public void Abandon(GrainCall call, bool cancels)
    {
        var number = call.PendingNumber;
        if (number != 0 && Pending.Take(number, out var connection) is not null && cancels && connection is not null && call.CalleeCancellation is not null)
        {
            SendCancel(connection, number);
        }
    }

    public static void SendCancel(Connection connection, long number)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Cancel, number);
        if (connection.TrySend(frame) != SendOutcome.Queued)
        {
            frame.Return();
        }
    }

    /// <summary>A connection is gone, and with it whatever was sent on it.</summary>
    public void Lose(Connection connection, Exception exception)
    {
        foreach (var item in Pending.TakeAll(connection))
        {
            item.Failed(exception, wasSent: true);
        }
    }

    private void Write(OutgoingFrame frame, GrainCall call, long view)
    {
        var method = call.Method;
        var flags = call.CalleeCancellation is null ? RequestFlags.None : RequestFlags.Cancellable;
        var prefix = new RequestPrefix(view, call.LifetimeAt(clock.Now, clock), (byte)Math.Min(call.ForwardCount, byte.MaxValue), flags, method.Id);
        ReadOnlySpan<byte> trace = call.CallerSpan is { } span ? WireTrace.Write(span) : default;
        ReadOnlySpan<byte> context = call.RequestContextValues is { Count: > 0 } values ? WriteContext(values) : default;
        RequestHeader.Write(frame, prefix, call.TargetId, method.WireName, call.SourceId, trace, context);
        using var session = codecs.Sessions.GetSession();
        var writer = new Writer(frame, session);
        call.WriteArguments(ref writer);
        writer.Commit();
    }

    private ReadOnlySpan<byte> WriteContext(Dictionary<string, object> values)
    {
        var output = new ArrayBufferWriter<byte>();
        using var session = codecs.Sessions.GetSession();
        var writer = new Writer(output, session);
        codecs.GetCodec<Dictionary<string, object>>().Write(ref writer, 0, values);
        writer.Commit();
        return output.WrittenSpan;
    }
}
