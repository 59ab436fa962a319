using System.Collections.Immutable;
using Orleans.Serialization;
using static Engine.Tests.Serialization.SerializerFixture;

namespace Engine.Tests.Serialization;

public sealed class MalformedInputTests
{
    private const int Rounds = 20_000;

    private static readonly object[] s_samples =
    [
        new Node { Name = "n", Next = new() { Any = 5 }, Children = [new(), new()], Any = new object[] { 1.5m, Guid.Empty, "x", new Foreign("f") } },
        new Box<Dictionary<string, List<int?>>> { Value = new() { ["a"] = [1, null] } },
        new Shape.Cube("c", 1, new Shape.Circle("o", 2)),
        new List<object> { ImmutableArray.Create(1), new Stack<int>([1]), new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }, DateTimeOffset.UnixEpoch },
        new object[] { new InvalidOperationException("x", new ArgumentException("y", "z")), new TroubleException("t", 1), new AggregateException(new IOException()) },
        new SortedDictionary<string, (int, Money)> { ["a"] = (1, new(1, "EUR")) },
        new object[] { DateTime.MaxValue, TimeSpan.MaxValue, DateOnly.MaxValue, TimeOnly.MaxValue, new Uri("https://a.b"), new Version(1, 2), Mood.Wild },
    ];

    [Fact]
    public void Deserialize_OfMutatedBytes_GivesAValueOrASerializerException()
    {
        var random = new Random(20260801);
        var originals = s_samples.Select(s => Bytes.SerializeToArray(s)).ToArray();
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate((byte[])originals[round % originals.Length].Clone(), random);
            try
            {
                if (round % 2 == 0)
                    Bytes.Deserialize<object>(bytes);
                else
                    Bytes.Deserialize<object>(Segments.Of(bytes, 1 + random.Next(8)));
            }
            catch (SerializerException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Rounds / 4, Rounds);
    }

    [Fact]
    public void Deserialize_OfEveryPrefix_IsRefused()
    {
        foreach (var bytes in s_samples.Select(s => Bytes.SerializeToArray(s)))
        {
            for (var length = 0; length < bytes.Length; length++)
                Assert.ThrowsAny<SerializerException>(() => Bytes.Deserialize<object>(bytes.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Deserialize_OfALengthBeyondTheInput_IsRefusedBeforeAnythingIsAllocated()
    {
        byte[] text = [3, 0xff, 0xff, 0xff, 0xff, 0x07, (byte)'a'];
        byte[] array = [4, 1, 0, 0xff, 0xff, 0xff, 0xff, 0x07, 7];

        Assert.Throws<SerializerException>(() => Bytes.Deserialize<string>(text));
        Assert.Throws<SerializerException>(() => Bytes.Deserialize<byte[]>(text));
        Assert.Throws<SerializerException>(() => Bytes.Deserialize<long[]>(array));
        Assert.Throws<SerializerException>(() => Bytes.Deserialize<List<long>>(array));
    }

    [Fact]
    public void Deserialize_OfDeepNesting_IsRefused()
    {
        var deep = new List<byte>();
        for (var i = 0; i < 100_000; i++)
            deep.AddRange([(1 << 3) | 4, 1]);

        Assert.Throws<SerializerException>(() => Bytes.Deserialize<Node>((byte[])[4, 1, .. deep]));
        Assert.Throws<SerializerException>(() => Bytes.Deserialize<Money>((byte[])[4, 0, .. deep]));
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                    break;
                default:
                    if (bytes.Length > 1)
                        bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                    break;
            }
        }

        return bytes;
    }
}
