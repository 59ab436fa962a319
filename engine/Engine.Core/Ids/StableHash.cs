using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.Runtime;

/// <summary>A hash that is the same in every process and on every machine (MurmurHash3, x86 32 bit; Austin Appleby, public domain).</summary>
internal static class StableHash
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint hash = 0;
        var rest = data;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = BitOperations.RotateLeft(hash ^ Scramble(BinaryPrimitives.ReadUInt32LittleEndian(rest)), 13) * 5 + 0xe6546b64;
        }

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        return Finish(hash ^ Scramble(tail) ^ (uint)data.Length);
    }

    public static uint Combine(uint left, uint right) => Finish(BitOperations.RotateLeft(left, 13) * 5 + 0xe6546b64 ^ Scramble(right));

    private static uint Scramble(uint word) => BitOperations.RotateLeft(word * C1, 15) * C2;

    private static uint Finish(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
