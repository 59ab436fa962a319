using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orleans.Serialization.Session;

namespace Engine.CodeGeneration;

/// <summary>Writes the layout of <see cref="WireType"/> into a buffer writer; what was written is in there after <see cref="Commit"/>.</summary>
public ref partial struct Writer
{
    private const int MaxVarUInt32 = 5;
    private const int MaxVarUInt64 = 10;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _used;
    private long _committed;

    internal Writer(IBufferWriter<byte> output, SerializerSession session)
    {
        _output = output;
        _span = output.GetSpan();
        Session = session;
    }

    internal SerializerSession Session { get; }

    /// <summary>The host's codecs.</summary>
    public readonly CodecProvider Codecs => Session.Codecs;

    /// <summary>The number of bytes written so far.</summary>
    public readonly long Position => _committed + _used;

    /// <summary>Hands everything written to the buffer writer.</summary>
    public void Commit()
    {
        _output.Advance(_used);
        _committed += _used;
        _used = 0;
        _span = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(byte value)
    {
        Ensure(1);
        _span[_used++] = value;
    }

    public void WriteRaw(scoped ReadOnlySpan<byte> value)
    {
        while (true)
        {
            var room = _span[_used..];
            if (value.Length <= room.Length)
            {
                value.CopyTo(room);
                _used += value.Length;
                return;
            }

            value[..room.Length].CopyTo(room);
            _used += room.Length;
            value = value[room.Length..];
            Grow(Math.Min(value.Length, 4096));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVarUInt32(uint value)
    {
        Ensure(MaxVarUInt32);
        ref var at = ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _used);
        if (value < 0x80)
        {
            at = (byte)value;
            _used++;
            return;
        }

        _used += PutVarUInt(ref at, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVarUInt64(ulong value)
    {
        Ensure(MaxVarUInt64);
        ref var at = ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _used);
        if (value < 0x80)
        {
            at = (byte)value;
            _used++;
            return;
        }

        _used += PutVarUInt(ref at, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed32(uint value)
    {
        Ensure(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_span[_used..], value);
        _used += sizeof(uint);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed64(ulong value)
    {
        Ensure(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_span[_used..], value);
        _used += sizeof(ulong);
    }

    private static int PutVarUInt(ref byte at, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            Unsafe.Add(ref at, length++) = (byte)(value | 0x80);

        Unsafe.Add(ref at, length++) = (byte)value;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int length)
    {
        if (_span.Length - _used < length)
            Grow(length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int length)
    {
        if (_used > 0)
            _output.Advance(_used);

        _committed += _used;
        _used = 0;
        _span = _output.GetSpan(length);
    }

    internal static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
    internal static int VarUIntLength(ulong value) => ((63 - BitOperations.LeadingZeroCount(value | 1)) / 7) + 1;
}
