using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>Frames as bytes.</summary>
internal static class Frames
{
    public static byte[] Body(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)(i * 31))];

    public static byte[] Bytes(FrameKind kind, long correlationId, byte[] body, byte flags = 0)
    {
        var frame = OutgoingFrame.Rent(kind, correlationId);
        frame.Flags = flags;
        frame.Write(body);
        var bytes = frame.ToWire().ToArray();
        frame.Return();
        return bytes;
    }

    public static byte[] Random(Random random, int maxBody)
    {
        var body = new byte[random.Next(0, random.Next(2) == 0 ? 16 : maxBody)];
        random.NextBytes(body);
        return Bytes((FrameKind)random.Next(1, 9), random.NextInt64(), body, (byte)random.Next(256));
    }
}

/// <summary>Damages bytes in the ways in which a bad sender or a bad line does.</summary>
internal static class Mutator
{
    private static readonly byte[] s_edges = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var result = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && result.Count > 0; changes--)
        {
            // The header is where damage matters most.
            var at = random.Next(2) == 0 ? random.Next(Math.Min(result.Count, FrameFormat.HeaderSize)) : random.Next(result.Count);
            switch (random.Next(6))
            {
                case 0:
                    result[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    result[at] = s_edges[random.Next(s_edges.Length)];
                    break;
                case 2:
                    result[at] = (byte)random.Next(256);
                    break;
                case 3:
                    result.RemoveRange(at, random.Next(1, result.Count - at + 1));
                    break;
                case 4:
                    result.InsertRange(at, Frames.Body(random.Next(1, 20)));
                    break;
                case 5:
                    result.AddRange(bytes);
                    break;
            }
        }

        return [.. result];
    }
}
