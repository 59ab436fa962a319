using System.Buffers;
using Engine.CodeGeneration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>
/// For tests: sends what local calls carry through the codecs, as between silos, so that what can't travel is noticed
/// in a single silo.
/// </summary>
internal sealed class RoundTrip(CodecProvider codecs, Serializer serializer)
{
    /// <summary>Set to 1, it turns the round trip on in every silo of the process.</summary>
    public const string Variable = "CRESCENT_ENGINE_ROUNDTRIP";

    public static bool IsAskedFor => Environment.GetEnvironmentVariable(Variable) == "1";

    public void Arguments(GrainCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var session = codecs.Sessions.GetSession())
        {
            var writer = new Writer(buffer, session);
            call.WriteArguments(ref writer);
            writer.Commit();
        }

        var arrived = call.CreateEmpty();
        using (var session = codecs.Sessions.GetSession())
        {
            var reader = new Reader(buffer.WrittenSpan, session);
            arrived.ReadArguments(ref reader);
        }

        for (var i = 0; i < call.ArgumentCount; i++)
        {
            call.SetArgument(i, arrived.GetArgument(i));
        }

        arrived.Reset();
    }

    public void Result<TResult>(GrainCall<TResult> call, ref TResult? result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var session = codecs.Sessions.GetSession())
        {
            var writer = new Writer(buffer, session);
            call.WriteResult(ref writer, result!);
            writer.Commit();
        }

        using (var session = codecs.Sessions.GetSession())
        {
            var reader = new Reader(buffer.WrittenSpan, session);
            result = call.ReadResult(ref reader);
        }
    }

    public Exception Exception(Exception exception)
    {
        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(exception));
        if (arrived is InconsistentStateException inconsistent)
        {
            inconsistent.IsSourceActivation = false;
        }

        return arrived;
    }
}
