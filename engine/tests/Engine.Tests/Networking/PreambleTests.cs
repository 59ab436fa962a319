using System.Buffers;
using System.Net;
using Engine.Tests.Serialization;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

public sealed class PreambleTests
{
    private static readonly SiloAddress s_silo = SiloAddress.New(IPAddress.Parse("10.1.2.3"), 11111, 77);
    private static readonly SiloAddress s_silo6 = SiloAddress.New(IPAddress.Parse("2001:db8::5"), 65535, -3);

    private static Preamble[] Samples =>
    [
        Preamble.Of(new("dev", s_silo, null), s_silo6),
        Preamble.Of(new("", s_silo6, null), null, PreambleStatus.WrongTarget),
        Preamble.Of(new(new string('ü', 200), null, Guid.CreateVersion7()), s_silo) with { MinVersion = 0, MaxVersion = 255 },
    ];

    [Fact]
    public void TryRead_OfAWrittenPreamble_GivesItBack()
    {
        foreach (var preamble in Samples)
        {
            var bytes = Bytes(preamble);
            for (var piece = 1; piece <= bytes.Length; piece++)
            {
                var buffer = Segments.Of([.. bytes, 1, 2, 3], piece);
                Assert.Equal(FrameParse.Frame, Preamble.TryRead(ref buffer, out var read));
                Assert.Equal(preamble, read);
                Assert.Equal([1, 2, 3], buffer.ToArray());
            }
        }
    }

    [Fact]
    public void TryRead_OfEveryPrefix_IsIncompleteAndTakesNothing()
    {
        foreach (var bytes in Samples.Select(Bytes))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var buffer = new ReadOnlySequence<byte>(bytes[..length]);
                Assert.Equal(FrameParse.Incomplete, Preamble.TryRead(ref buffer, out _));
                Assert.Equal(length, buffer.Length);
            }
        }
    }

    [Fact]
    public void TryRead_OfFieldsOfALaterVersion_SkipsThem()
    {
        var bytes = Bytes(Samples[0]).ToList();
        bytes.AddRange([9, 0, 3, 0, 1, 2, 3]);
        bytes[4] += 7;
        var buffer = new ReadOnlySequence<byte>([.. bytes]);

        Assert.Equal(FrameParse.Frame, Preamble.TryRead(ref buffer, out var read));

        Assert.Equal(Samples[0], read);
        Assert.True(buffer.IsEmpty);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("CRSX")]
    public void TryRead_OfAnotherProtocol_IsRefusedByItsFirstBytes(string start)
    {
        var buffer = new ReadOnlySequence<byte>(System.Text.Encoding.Latin1.GetBytes(start));

        Assert.Equal(FrameParse.BadKind, Preamble.TryRead(ref buffer, out _));
    }

    [Fact]
    public void TryRead_OfALengthBeyondTheBound_IsRefusedWithoutWaitingForIt()
    {
        var buffer = new ReadOnlySequence<byte>([.. "CRSC"u8, 0xff, 0xff]);

        Assert.Equal(FrameParse.BadLength, Preamble.TryRead(ref buffer, out _));
    }

    [Fact]
    public void TryRead_OfMutatedPreambles_NeverThrows()
    {
        const int Rounds = 100_000;
        var random = new Random(20261002);
        var originals = Samples.Select(Bytes).ToArray();
        var outcomes = new int[5];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutator.Mutate(originals[round % originals.Length], random);
            var whole = new ReadOnlySequence<byte>(bytes);
            var pieces = Segments.Of(bytes, 1 + random.Next(20));

            var parsed = Preamble.TryRead(ref whole, out var preamble);

            outcomes[(int)parsed]++;
            Assert.Equal(parsed, Preamble.TryRead(ref pieces, out var preambleOfPieces));
            Assert.Equal(preamble, preambleOfPieces);
            Assert.Equal(parsed == FrameParse.Frame, preamble is not null);
            Assert.True(parsed != FrameParse.Frame || bytes.Length - whole.Length <= Preamble.MaxPayload + 6);
        }

        Assert.All(new[] { FrameParse.Frame, FrameParse.Incomplete, FrameParse.BadLength, FrameParse.BadKind }, kind => Assert.InRange(outcomes[(int)kind], Rounds / 1000, Rounds));
    }

    private static byte[] Bytes(Preamble preamble)
    {
        var output = new ArrayBufferWriter<byte>();
        preamble.Write(output);
        return output.WrittenSpan.ToArray();
    }
}
