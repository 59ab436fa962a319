using System.Buffers;
using System.Diagnostics;
using System.Text;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

public sealed class RequestHeaderTests
{
    private static readonly GrainId Target = GrainId.Create("order", "4711");
    private static readonly GrainId Source = GrainId.Create("saga", new string('k', 200));

    [Fact]
    public void TryRead_WhatWriteWrote_IsTheSame()
    {
        var trace = WireTrace.Write(new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, "a=b"));
        var bytes = Write(Source, trace, [1, 2, 3]);

        Assert.True(RequestHeader.TryRead(bytes, out var header));

        Assert.Equal(17, header.View);
        Assert.Equal(30_000u, header.Lifetime);
        Assert.Equal(1, header.ForwardCount);
        Assert.Equal(RequestFlags.Cancellable, header.Flags);
        Assert.Equal(0xCAFEu, header.Method);
        Assert.Equal("order", Encoding.UTF8.GetString(header.GrainType));
        Assert.Equal("4711", Encoding.UTF8.GetString(header.GrainKey));
        Assert.Equal("My.IOrder", Encoding.UTF8.GetString(header.Interface));
        Assert.Equal("saga", Encoding.UTF8.GetString(header.SourceType));
        Assert.Equal(200, header.SourceKey.Length);
        Assert.Equal("a=b", WireTrace.Read(header.Trace).TraceState);
        Assert.Equal([1, 2, 3], header.Context.ToArray());
    }

    [Fact]
    public void TryRead_NothingOptional_IsEmpty()
    {
        Assert.True(RequestHeader.TryRead(Write(default, [], []), out var header));

        Assert.True(header.SourceType.IsEmpty);
        Assert.True(header.Trace.IsEmpty);
        Assert.True(header.Context.IsEmpty);
    }

    [Fact]
    public void TryRead_FieldOfALaterVersion_IsSkipped()
    {
        var bytes = Write(Source, [], []);
        byte[] later = [.. bytes[..^1], 9, 3, 7, 7, 7, 0];

        Assert.True(RequestHeader.TryRead(later, out var header));
        Assert.Equal("saga", Encoding.UTF8.GetString(header.SourceType));
    }

    [Fact]
    public void TryRead_CutAnywhere_IsRefused()
    {
        var bytes = Write(Source, [], [1, 2, 3]);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(RequestHeader.TryRead(bytes.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void TryRead_AnyBytes_NeverThrows()
    {
        var random = new Random(4711);
        var bytes = Write(Source, [], [1, 2, 3]);
        for (var i = 0; i < 100_000; i++)
        {
            var mutated = bytes.ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            _ = RequestHeader.TryRead(mutated.AsSpan(0, random.Next(mutated.Length + 1)), out _);
            _ = RequestHeader.LengthOf(new ReadOnlySequence<byte>(mutated));
        }
    }

    [Fact]
    public void Patch_ChangesWhatTheNextSenderKnows()
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, Source, [], []);
        var body = output.WrittenMemory.ToArray();

        RequestHeader.Patch(body, view: 18, lifetime: 5, forwardCount: 2);

        Assert.True(RequestHeader.TryRead(body.AsSpan(RequestHeader.LengthSize, RequestHeader.LengthOf(new ReadOnlySequence<byte>(body))), out var header));
        Assert.Equal((18L, 5u, (byte)2), (header.View, header.Lifetime, header.ForwardCount));
        Assert.Equal("4711", Encoding.UTF8.GetString(header.GrainKey));
    }

    [Fact]
    public void LengthOf_MoreThanThereIs_IsRefused()
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, Source, [], []);

        Assert.Equal(output.WrittenCount - RequestHeader.LengthSize, RequestHeader.LengthOf(new ReadOnlySequence<byte>(output.WrittenMemory)));
        Assert.Equal(-1, RequestHeader.LengthOf(new ReadOnlySequence<byte>(output.WrittenMemory[..^1])));
        Assert.Equal(-1, RequestHeader.LengthOf(ReadOnlySequence<byte>.Empty));
    }

    [Fact]
    public void Write_ContextIsTooLong_Throws()
    {
        var thrown = Assert.Throws<OrleansException>(() => Write(Source, [], new byte[RequestHeader.MaxLength]));

        Assert.Contains("request context", thrown.Message, StringComparison.Ordinal);
    }

    private static byte[] Write(GrainId source, byte[] trace, byte[] context)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, source, trace, context);
        return output.WrittenSpan[RequestHeader.LengthSize..].ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, GrainId source, byte[] trace, byte[] context) =>
        RequestHeader.Write(output, new RequestPrefix(17, 30_000, 1, RequestFlags.Cancellable, 0xCAFE), Target, "My.IOrder"u8.ToArray(), source, trace, context);
}
