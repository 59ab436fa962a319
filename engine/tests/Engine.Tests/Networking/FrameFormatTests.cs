using System.Buffers;
using System.Buffers.Binary;
using Engine.Tests.Serialization;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class FrameFormatTests
{
    private const int MaxBody = 1000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MaxBody)]
    public void TryRead_OfAWrittenFrame_GivesItBack(int bodyLength)
    {
        var body = Frames.Body(bodyLength);
        var buffer = new ReadOnlySequence<byte>(Frames.Bytes(FrameKind.Response, -7, body, flags: 5));

        Assert.Equal(FrameParse.Frame, FrameFormat.TryRead(ref buffer, MaxBody, out var frame));

        Assert.Equal((FrameKind.Response, 5, -7L), (frame.Kind, frame.Flags, frame.CorrelationId));
        Assert.Equal(body, frame.Body.ToArray());
        Assert.True(buffer.IsEmpty);
    }

    [Fact]
    public void TryRead_OfEveryPrefix_IsIncompleteAndTakesNothing()
    {
        var bytes = Frames.Bytes(FrameKind.Request, 1, Frames.Body(20));
        for (var length = 0; length < bytes.Length; length++)
        {
            var buffer = Segments.Of(bytes[..length], 3);
            Assert.Equal(FrameParse.Incomplete, FrameFormat.TryRead(ref buffer, MaxBody, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Fact]
    public void TryRead_OfSeveralFramesInPieces_GivesThemInOrder()
    {
        var bytes = Enumerable.Range(0, 50).SelectMany(i => Frames.Bytes(FrameKind.Request, i, Frames.Body(i * 7))).ToArray();
        for (var piece = 1; piece < 40; piece++)
        {
            var buffer = Segments.Of(bytes, piece);
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(FrameParse.Frame, FrameFormat.TryRead(ref buffer, MaxBody, out var frame));
                Assert.Equal(i, frame.CorrelationId);
                Assert.Equal(Frames.Body(i * 7), frame.Body.ToArray());
            }

            Assert.True(buffer.IsEmpty);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(9u)]
    [InlineData(MaxBody + 11u)]
    [InlineData(uint.MaxValue)]
    public void TryRead_OfALengthOutOfBounds_IsRefusedAsSoonAsTheLengthIsThere(uint length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        var buffer = new ReadOnlySequence<byte>(bytes);

        Assert.Equal(FrameParse.BadLength, FrameFormat.TryRead(ref buffer, MaxBody, out _));
    }

    [Theory]
    [InlineData(0, 0, FrameParse.BadKind)]
    [InlineData(9, 0, FrameParse.BadKind)]
    [InlineData(255, 1, FrameParse.BadKind)]
    [InlineData(9, FrameFlags.Skippable, FrameParse.Skipped)]
    [InlineData(0, FrameFlags.Skippable | 1, FrameParse.Skipped)]
    public void TryRead_OfAnUnknownKind_IsSkippedOnlyIfItMayBe(byte kind, byte flags, object expected)
    {
        var buffer = new ReadOnlySequence<byte>([.. Frames.Bytes((FrameKind)kind, 1, Frames.Body(4), flags), .. Frames.Bytes(FrameKind.Ping, 2, [])]);

        Assert.Equal((FrameParse)expected, FrameFormat.TryRead(ref buffer, MaxBody, out _));

        if ((FrameParse)expected == FrameParse.Skipped)
        {
            Assert.Equal(FrameParse.Frame, FrameFormat.TryRead(ref buffer, MaxBody, out var next));
            Assert.Equal(FrameKind.Ping, next.Kind);
        }
    }

    [Fact]
    public void TryRead_OfMutatedFrames_NeverThrowsAndNeverReadsPastThem()
    {
        const int Rounds = 200_000;
        var random = new Random(20261001);
        var outcomes = new int[5];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutator.Mutate(Frames.Random(random, MaxBody), random);
            var whole = new ReadOnlySequence<byte>(bytes);
            var pieces = Segments.Of(bytes, 1 + random.Next(20));

            var parsed = FrameFormat.TryRead(ref whole, MaxBody, out var frame);
            var again = FrameFormat.TryRead(ref pieces, MaxBody, out var frameOfPieces);

            outcomes[(int)parsed]++;
            Assert.Equal(parsed, again);
            Assert.Equal(whole.Length, pieces.Length);
            if (parsed != FrameParse.Frame)
                continue;
            Assert.InRange(frame.Body.Length, 0, MaxBody);
            Assert.Equal(bytes.Length, FrameFormat.HeaderSize + frame.Body.Length + whole.Length);
            Assert.Equal((frame.Kind, frame.Flags, frame.CorrelationId), (frameOfPieces.Kind, frameOfPieces.Flags, frameOfPieces.CorrelationId));
            Assert.True(frame.Body.ToArray().AsSpan().SequenceEqual(frameOfPieces.Body.ToArray()));
        }

        Assert.All(outcomes, count => Assert.InRange(count, Rounds / 1000, Rounds));
    }
}
