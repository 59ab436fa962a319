using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orleans.Serialization;
using Orleans.Serialization.Session;

namespace Engine.CodeGeneration;

/// <summary>Reads the layout of <see cref="WireType"/>. Anything malformed ends in a <see cref="SerializerException"/>.</summary>
public ref partial struct Reader
{
    private readonly ReadOnlySequence<byte> _sequence;
    private SequencePosition _next;
    private ReadOnlySpan<byte> _span;
    private int _used;
    private long _before;

    internal Reader(ReadOnlySequence<byte> sequence, SerializerSession session)
    {
        Session = session;
        if (sequence.IsSingleSegment)
        {
            _span = sequence.FirstSpan;
            Length = _span.Length;
            return;
        }

        _sequence = sequence;
        _next = sequence.Start;
        Length = sequence.Length;
        MoveNext();
    }

    internal Reader(ReadOnlySpan<byte> span, SerializerSession session)
    {
        _span = span;
        Length = span.Length;
        Session = session;
    }

    internal SerializerSession Session { get; }

    /// <summary>The host's codecs.</summary>
    public readonly CodecProvider Codecs => Session.Codecs;

    public long Length { get; }
    public readonly long Position => _before + _used;
    public readonly long Remaining => Length - Position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        if (_used == _span.Length)
            MoveNextOrThrow();

        return _span[_used++];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadVarUInt32()
    {
        if (_used < _span.Length && _span[_used] < 0x80)
            return _span[_used++];

        var value = ReadLongVarUInt();
        return value <= uint.MaxValue ? (uint)value : throw Malformed("a number is larger than 32 bits");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarUInt64()
    {
        if (_used < _span.Length && _span[_used] < 0x80)
            return _span[_used++];

        return ReadLongVarUInt();
    }

    public uint ReadFixed32()
    {
        if (_span.Length - _used >= sizeof(uint))
        {
            var value = BinaryPrimitives.ReadUInt32LittleEndian(_span[_used..]);
            _used += sizeof(uint);
            return value;
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        ReadRaw(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong ReadFixed64()
    {
        if (_span.Length - _used >= sizeof(ulong))
        {
            var value = BinaryPrimitives.ReadUInt64LittleEndian(_span[_used..]);
            _used += sizeof(ulong);
            return value;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ReadRaw(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public void ReadRaw(scoped Span<byte> destination)
    {
        RequireRemaining(destination.Length);
        while (destination.Length > 0)
        {
            if (_used == _span.Length)
                MoveNextOrThrow();

            var count = Math.Min(destination.Length, _span.Length - _used);
            _span.Slice(_used, count).CopyTo(destination);
            _used += count;
            destination = destination[count..];
        }
    }

    public void SkipBytes(long count)
    {
        RequireRemaining(count);
        while (count > _span.Length - _used)
        {
            count -= _span.Length - _used;
            _used = _span.Length;
            MoveNextOrThrow();
        }

        _used += (int)count;
    }

    /// <summary>The next bytes if they are in one piece; they count as read then.</summary>
    private bool TryReadSpan(int length, out ReadOnlySpan<byte> bytes)
    {
        RequireRemaining(length);
        if (_span.Length - _used < length)
        {
            bytes = default;
            return false;
        }

        bytes = _span.Slice(_used, length);
        _used += length;
        return true;
    }

    /// <summary>A reader at an earlier position of the same input and session.</summary>
    private readonly Reader At(long position)
    {
        var reader = this;
        if (_sequence.IsEmpty)
        {
            reader._used = (int)position;
            return reader;
        }

        reader._next = _sequence.GetPosition(position);
        reader._before = position;
        reader._span = default;
        reader._used = 0;
        reader.MoveNext();
        return reader;
    }

    private ulong ReadLongVarUInt()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            if (shift == 63 && next > 1)
                break;

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Malformed("a number is longer than 64 bits");
    }

    private bool MoveNext()
    {
        while (_sequence.TryGet(ref _next, out var memory))
        {
            if (memory.IsEmpty)
                continue;

            _before += _span.Length;
            _span = memory.Span;
            _used = 0;
            return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MoveNextOrThrow()
    {
        if (!MoveNext())
            ThrowEnd();
    }

    private readonly void RequireRemaining(long count)
    {
        if (count > Remaining)
            ThrowEnd();
    }

    [DoesNotReturn]
    private static void ThrowEnd() => throw Malformed("it ends too early");

    internal static SerializerException Malformed(string why) => new($"Malformed input: {why}.");
}
