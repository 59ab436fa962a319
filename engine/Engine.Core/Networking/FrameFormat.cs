using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime.Networking;

/// <summary>Bits of a frame's flags that the connection itself understands; the others belong to the frame's kind.</summary>
internal static class FrameFlags
{
    /// <summary>A receiver that doesn't know the kind ignores the frame instead of closing the connection.</summary>
    public const byte Skippable = 0x80;
}

/// <summary>What came of looking for a frame at the start of a buffer.</summary>
internal enum FrameParse
{
    /// <summary>There is one; it has been cut off.</summary>
    Frame,

    /// <summary>A frame of a kind of a later version, to be ignored; it has been cut off.</summary>
    Skipped,

    /// <summary>The buffer ends before the frame does.</summary>
    Incomplete,

    /// <summary>The length is less than a header or more than the limit.</summary>
    BadLength,

    /// <summary>The kind is unknown and not marked as skippable.</summary>
    BadKind,
}

/// <summary>
/// The layout of a frame: <c>frame = length kind flags correlation body</c>; the length is an unsigned 32-bit number that
/// counts what follows it, the kind and the flags are a byte each, the correlation id is a signed 64-bit number, and numbers
/// are little-endian.
/// </summary>
internal static class FrameFormat
{
    /// <summary>Bytes of the length, which doesn't count itself.</summary>
    public const int LengthSize = sizeof(uint);

    /// <summary>Bytes before the body, with the length.</summary>
    public const int HeaderSize = LengthSize + 1 + 1 + sizeof(long);

    private const int KindOffset = LengthSize;
    private const int FlagsOffset = KindOffset + 1;
    private const int CorrelationOffset = FlagsOffset + 1;
    private const FrameKind LastKind = FrameKind.Goodbye;

    /// <summary>Cuts the first frame off the buffer. Whatever the bytes are, it answers without an exception.</summary>
    /// <param name="maxBody">How long a body may be.</param>
    public static FrameParse TryRead(ref ReadOnlySequence<byte> buffer, long maxBody, out IncomingFrame frame)
    {
        frame = default;
        if (buffer.FirstSpan.Length >= HeaderSize)
            return TryRead(ref buffer, buffer.FirstSpan, maxBody, out frame);

        Span<byte> header = stackalloc byte[HeaderSize];
        if (buffer.Length >= HeaderSize)
        {
            buffer.Slice(0, HeaderSize).CopyTo(header);
            return TryRead(ref buffer, header, maxBody, out frame);
        }

        // A wrong length is noticed as early as possible.
        if (buffer.Length < LengthSize)
            return FrameParse.Incomplete;
        buffer.Slice(0, LengthSize).CopyTo(header);
        return IsLength(header, maxBody) ? FrameParse.Incomplete : FrameParse.BadLength;
    }

    public static void WriteHeader(Span<byte> header, int frameLength, FrameKind kind, byte flags, long correlationId)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(frameLength - LengthSize));
        header[KindOffset] = (byte)kind;
        header[FlagsOffset] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(header[CorrelationOffset..], correlationId);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FrameParse TryRead(ref ReadOnlySequence<byte> buffer, scoped ReadOnlySpan<byte> header, long maxBody, out IncomingFrame frame)
    {
        frame = default;
        if (!IsLength(header, maxBody))
            return FrameParse.BadLength;

        var kind = (FrameKind)header[KindOffset];
        var flags = header[FlagsOffset];
        var isKnown = kind is > 0 and <= LastKind;
        if (!isKnown && (flags & FrameFlags.Skippable) == 0)
            return FrameParse.BadKind;

        var length = LengthSize + (long)BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (buffer.Length < length)
            return FrameParse.Incomplete;

        var end = buffer.GetPosition(length);
        if (isKnown)
            frame = new(kind, flags, BinaryPrimitives.ReadInt64LittleEndian(header[CorrelationOffset..]), buffer.Slice(HeaderSize, end));
        buffer = buffer.Slice(end);
        return isKnown ? FrameParse.Frame : FrameParse.Skipped;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLength(ReadOnlySpan<byte> header, long maxBody)
    {
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        return length >= HeaderSize - LengthSize && length <= maxBody + HeaderSize - LengthSize;
    }
}
