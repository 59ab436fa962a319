using System.Buffers;
using Engine.CodeGeneration;
using Orleans.Runtime.Networking;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// The body of a response.
/// <code>
/// response = kind content
/// kind     = u8          1: a result, 2: an exception, 3: an exception of a request that was not started
/// content  = one field   the result, or the exception
/// </code>
/// </summary>
internal static class AnswerFormat
{
    private const byte Result = 1;
    private const byte Thrown = 2;
    private const byte Rejected = 3;

    /// <summary>Writes the answer of a call that has ended. A result that can't be written becomes the exception that says so.</summary>
    public static OutgoingFrame Write(GrainCall call, long request, CodecProvider codecs, int maxBody)
    {
        if (call.Error is { } error)
        {
            return Write(error, request, codecs, maxBody, wasStarted: true);
        }

        var frame = OutgoingFrame.Rent(FrameKind.Response, request, maxBody);
        try
        {
            using var session = codecs.Sessions.GetSession();
            var writer = new Writer(frame, session);
            writer.WriteByte(Result);
            call.WriteOutcome(ref writer);
            writer.Commit();
            return frame;
        }
        catch (Exception exception)
        {
            frame.Return();
            return Write(exception, request, codecs, maxBody, wasStarted: true);
        }
    }

    public static OutgoingFrame Write(Exception error, long request, CodecProvider codecs, int maxBody, bool wasStarted)
    {
        var kind = wasStarted ? Thrown : Rejected;
        var frame = OutgoingFrame.Rent(FrameKind.Response, request, maxBody);
        try
        {
            Write(frame, kind, error, codecs);
        }
        catch (Exception exception)
        {
            // An exception must get through to where it is handled, at least its name.
            frame.Clear();
            Write(frame, kind, new OrleansException($"An exception could not be sent ({exception.Message}): {error.GetType()}: {error.Message}"), codecs);
        }

        return frame;
    }

    /// <summary>Reads the answer into the call.</summary>
    /// <returns>Why it failed; null if there is a result.</returns>
    public static Exception? Read(in ReadOnlySequence<byte> body, GrainCall call, CodecProvider codecs)
    {
        try
        {
            using var session = codecs.Sessions.GetSession();
            var reader = new Reader(body, session);
            if (reader.ReadByte() == Result)
            {
                call.ReadOutcome(ref reader);
                return null;
            }

            if (!reader.ReadHeader(out _, out var type))
            {
                throw Reader.Malformed("there is no exception");
            }

            var exception = codecs.GetCodec<Exception>().Read(ref reader, type);
            if (exception is InconsistentStateException inconsistent)
            {
                inconsistent.IsSourceActivation = false;
            }

            return exception;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static void Write(OutgoingFrame frame, byte kind, Exception error, CodecProvider codecs)
    {
        using var session = codecs.Sessions.GetSession();
        var writer = new Writer(frame, session);
        writer.WriteByte(kind);
        codecs.GetCodec<Exception>().Write(ref writer, 0, error);
        writer.Commit();
    }
}
