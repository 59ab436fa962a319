using System.Buffers;
using Engine.CodeGeneration;
using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>A request that a silo passed on as it came, without reading its arguments: its answer goes back the same way.</summary>
internal sealed class RelayedRequest(RemoteCaller caller, long request, long expiresAt, CodecProvider codecs, int maxBody) : IAwaitsAnswer
{
    public RemoteCaller Caller => caller;

    public long Request => request;

    public void Answered(in ReadOnlySequence<byte> body)
    {
        var frame = OutgoingFrame.Rent(FrameKind.Response, request, maxBody);
        foreach (var segment in body)
        {
            frame.Write(segment.Span);
        }

        caller.ForgetCancellation(request);
        caller.Answer(frame);
    }

    public void Failed(Exception exception, bool wasSent)
    {
        caller.ForgetCancellation(request);
        if (wasSent && caller.IsClient)
        {
            // Clients are not told of silos that are lost: they time out, and by then the grain may be elsewhere.
            caller.Leave();
            return;
        }

        caller.Answer(AnswerFormat.Write(exception, request, codecs, maxBody, wasStarted: wasSent));
    }

    public bool IsExpired(long now) => expiresAt <= now;

    public void Expire()
    {
        caller.ForgetCancellation(request);
        caller.Leave();
    }
}
