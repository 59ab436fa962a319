using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Orleans.Runtime.Networking;

/// <summary>What the side that was connected to answers; the side that connects says <see cref="Accepted"/>.</summary>
internal enum PreambleStatus : byte
{
    Accepted = 0,
    WrongCluster = 1,
    WrongVersion = 2,

    /// <summary>The silo that was meant is not the one that listens here, or no longer.</summary>
    WrongTarget = 3,

    /// <summary>A client came to the port of silos, or a silo to that of clients.</summary>
    WrongRole = 4,

    /// <summary>There are as many connections as there may be.</summary>
    Busy = 5,
}

/// <summary>
/// The first thing either side sends: <c>preamble = "CRSC" length payload</c>, where the length is an unsigned 16-bit number
/// and <c>payload = status minVersion maxVersion role cluster identity target *extension</c>; docs/protocol.md has the rest.
/// </summary>
/// <param name="Target">The silo that the connecting side means to reach; a generation of 0 stands for any.</param>
internal sealed record Preamble(PreambleStatus Status, byte MinVersion, byte MaxVersion, LocalPeer From, SiloAddress? Target)
{
    /// <summary>Bytes of a payload; more is malformed.</summary>
    public const int MaxPayload = 2048;

    /// <summary>Bytes of a cluster id as UTF-8.</summary>
    public const int MaxClusterId = 512;

    /// <summary>The versions that this code speaks.</summary>
    public const byte OldestVersion = 1;
    public const byte NewestVersion = 1;

    private const int PrefixSize = 6;
    private const int GuidSize = 16;

    private static ReadOnlySpan<byte> Magic => "CRSC"u8;

    public static Preamble Of(LocalPeer self, SiloAddress? target, PreambleStatus status = PreambleStatus.Accepted) =>
        new(status, OldestVersion, NewestVersion, self, target);

    /// <summary>Cuts a preamble off the buffer. Whatever the bytes are, it answers without an exception.</summary>
    public static FrameParse TryRead(ref ReadOnlySequence<byte> buffer, out Preamble? preamble)
    {
        preamble = null;
        Span<byte> prefix = stackalloc byte[PrefixSize];
        var there = (int)Math.Min(buffer.Length, PrefixSize);
        buffer.Slice(0, there).CopyTo(prefix);

        // Whoever speaks something else is noticed at the first byte.
        var magic = Math.Min(there, Magic.Length);
        if (!prefix[..magic].SequenceEqual(Magic[..magic]))
            return FrameParse.BadKind;
        if (there < PrefixSize)
            return FrameParse.Incomplete;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(prefix[Magic.Length..]);
        if (length > MaxPayload)
            return FrameParse.BadLength;
        if (buffer.Length < PrefixSize + length)
            return FrameParse.Incomplete;

        Span<byte> payload = stackalloc byte[MaxPayload];
        payload = payload[..length];
        buffer.Slice(PrefixSize, length).CopyTo(payload);
        buffer = buffer.Slice(PrefixSize + length);
        return TryReadPayload(payload, out preamble) ? FrameParse.Frame : FrameParse.BadKind;
    }

    public void Write(IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(PrefixSize + MaxPayload);
        Magic.CopyTo(bytes);
        var payload = new PreambleWriter(bytes.Slice(PrefixSize, MaxPayload));
        payload.Byte((byte)Status);
        payload.Byte(MinVersion);
        payload.Byte(MaxVersion);
        payload.Byte((byte)From.Role);
        payload.Text(From.ClusterId);
        if (From.Silo is { } silo)
            payload.Address(silo);
        else
            payload.Guid(From.ClientId ?? Guid.Empty);
        payload.Byte(Target is null ? (byte)0 : (byte)1);
        if (Target is not null)
            payload.Address(Target);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[Magic.Length..], (ushort)payload.Length);
        output.Advance(PrefixSize + payload.Length);
    }

    private static bool TryReadPayload(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out Preamble? preamble)
    {
        preamble = null;
        if (payload.Length < 4)
            return false;

        var (status, oldest, newest, role) = ((PreambleStatus)payload[0], payload[1], payload[2], (PeerRole)payload[3]);
        var rest = payload[4..];
        if (oldest > newest || role is not (PeerRole.Silo or PeerRole.Client) || !TryReadText(ref rest, out var cluster))
            return false;

        SiloAddress? silo = null;
        Guid? client = null;
        if (role == PeerRole.Silo ? !TryReadAddress(ref rest, out silo) : !TryReadGuid(ref rest, out client))
            return false;
        if (rest.IsEmpty || rest[0] > 1)
            return false;

        SiloAddress? target = null;
        var hasTarget = rest[0] == 1;
        rest = rest[1..];
        if ((hasTarget && !TryReadAddress(ref rest, out target)) || !TrySkipExtensions(rest))
            return false;

        preamble = new(status, oldest, newest, new(cluster, silo, client), target);
        return true;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (bytes.Length < sizeof(ushort))
            return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        bytes = bytes[sizeof(ushort)..];
        if (length > MaxClusterId || length > bytes.Length)
            return false;
        text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return true;
    }

    private static bool TryReadGuid(ref ReadOnlySpan<byte> bytes, out Guid? guid)
    {
        guid = null;
        if (bytes.Length < GuidSize)
            return false;
        guid = new Guid(bytes[..GuidSize]);
        bytes = bytes[GuidSize..];
        return true;
    }

    private static bool TryReadAddress(ref ReadOnlySpan<byte> bytes, out SiloAddress? address)
    {
        address = null;
        if (bytes.IsEmpty)
            return false;
        int ip = bytes[0];
        if (ip is not (4 or 16) || bytes.Length < 1 + ip + sizeof(ushort) + sizeof(int))
            return false;
        var port = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(1 + ip)..]);
        var generation = BinaryPrimitives.ReadInt32LittleEndian(bytes[(1 + ip + sizeof(ushort))..]);
        address = SiloAddress.New(new IPAddress(bytes.Slice(1, ip)), port, generation);
        bytes = bytes[(1 + ip + sizeof(ushort) + sizeof(int))..];
        return true;
    }

    /// <summary>Fields that a later version may add: a number, a length and that many bytes each.</summary>
    private static bool TrySkipExtensions(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 2 * sizeof(ushort))
                return false;
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(ushort)..]);
            if (bytes.Length < 2 * sizeof(ushort) + length)
                return false;
            bytes = bytes[(2 * sizeof(ushort) + length)..];
        }

        return true;
    }
}
