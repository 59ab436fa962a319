using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Orleans.Serialization;
using Orleans.Serialization.Session;

namespace Engine.CodeGeneration;

public ref partial struct Writer
{
    private const uint EndObject = (uint)WireType.End;
    private const uint EndBase = (1 << 3) | (uint)WireType.End;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteHeader(uint id, WireType type) => WriteVarUInt32((id << 3) | (uint)type);

    public void WriteNull(uint id) => WriteHeader(id, WireType.Null);

    /// <summary>Ends an object.</summary>
    public void WriteEnd() => WriteVarUInt32(EndObject);

    /// <summary>Ends the fields of a base class, or those of a record's primary constructor.</summary>
    public void WriteEndBase() => WriteVarUInt32(EndBase);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteField(uint id, bool value)
    {
        WriteHeader(id, WireType.VarInt);
        WriteVarUInt32(value ? 1u : 0u);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteField(uint id, long value)
    {
        WriteHeader(id, WireType.VarInt);
        WriteVarUInt64(ZigZag(value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteField(uint id, ulong value)
    {
        WriteHeader(id, WireType.VarInt);
        WriteVarUInt64(value);
    }

    public void WriteField(uint id, sbyte value) => WriteField(id, (long)value);
    public void WriteField(uint id, short value) => WriteField(id, (long)value);
    public void WriteField(uint id, int value) => WriteField(id, (long)value);
    public void WriteField(uint id, byte value) => WriteField(id, (ulong)value);
    public void WriteField(uint id, ushort value) => WriteField(id, (ulong)value);
    public void WriteField(uint id, uint value) => WriteField(id, (ulong)value);
    public void WriteField(uint id, char value) => WriteField(id, (ulong)value);

    public void WriteField(uint id, float value)
    {
        WriteHeader(id, WireType.Fixed32);
        WriteFixed32(BitConverter.SingleToUInt32Bits(value));
    }

    public void WriteField(uint id, double value) => WriteFixed64Field(id, BitConverter.DoubleToUInt64Bits(value));

    [SkipLocalsInit]
    public void WriteField(uint id, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < bits.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 * i)..], bits[i]);

        WriteField(id, bytes);
    }

    [SkipLocalsInit]
    public void WriteField(uint id, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        WriteField(id, bytes);
    }

    public void WriteField(uint id, TimeSpan value) => WriteField(id, value.Ticks);
    public void WriteField(uint id, DateOnly value) => WriteField(id, (ulong)value.DayNumber);
    public void WriteField(uint id, TimeOnly value) => WriteField(id, (ulong)value.Ticks);
    public void WriteField(uint id, DateTime value) => WriteFixed64Field(id, (ulong)value.ToBinary());

    [SkipLocalsInit]
    public void WriteField(uint id, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[8..], (short)value.TotalOffsetMinutes);
        WriteField(id, bytes);
    }

    public void WriteField(uint id, scoped ReadOnlySpan<byte> value)
    {
        WriteHeader(id, WireType.Bytes);
        WriteVarUInt32((uint)value.Length);
        WriteRaw(value);
    }

    public void WriteField(uint id, string? value)
    {
        if (value is null)
        {
            WriteNull(id);
            return;
        }

        WriteHeader(id, WireType.Bytes);
        WriteText(value);
    }

    /// <summary>Writes the length and the UTF-8 bytes of a text; lone surrogates become U+FFFD.</summary>
    private void WriteText(string value)
    {
        // A text whose length fits one byte whatever its characters are is encoded in place, without counting first.
        const int Short = 0x7f / 3;
        if (value.Length <= Short)
        {
            Ensure(0x80);
            Utf8.FromUtf16(value, _span[(_used + 1)..], out _, out var written);
            _span[_used] = (byte)written;
            _used += written + 1;
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarUInt32((uint)length);
        Ensure(Math.Min(length, 4096));
        if (_span.Length - _used >= length)
        {
            _used += Encoding.UTF8.GetBytes(value, _span[_used..]);
            return;
        }

        using var rented = new PooledBytes(length);
        Encoding.UTF8.GetBytes(value, rented.Span);
        WriteRaw(rented.Span);
    }

    /// <summary>Begins a value that is never referred to again: a struct, or an immutable object.</summary>
    public void WriteStart(uint id)
    {
        WriteHeader(id, WireType.Object);
        WriteVarUInt32(0);
        EnterObject();
    }

    /// <summary>Begins an object of exactly the field's own type, unless it has been written before: then a reference is written.</summary>
    /// <returns>Whether the object's fields and its end must follow.</returns>
    public bool TryWriteStart(uint id, object value)
    {
        if (Session.TryGetReference(value, out var number))
        {
            WriteHeader(id, WireType.Reference);
            WriteVarUInt32(number);
            return false;
        }

        WriteHeader(id, WireType.Object);
        WriteVarUInt32(1);
        EnterObject();
        return true;
    }

    /// <summary>Ends what <see cref="WriteStart"/> or <see cref="TryWriteStart"/> began.</summary>
    public void WriteEndObject()
    {
        Session.Depth--;
        WriteEnd();
    }

    /// <summary>Writes a value with its own type, which is not the field's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WritePolymorphic(uint id, object value)
    {
        var codec = Codecs.GetCodec(value.GetType());
        var tracked = codec.IsTracked;
        if (tracked && Session.TryGetReference(value, out var number))
        {
            WriteHeader(id, WireType.Reference);
            WriteVarUInt32(number);
            return;
        }

        WriteHeader(id, WireType.Object);
        WriteType(codec.WireIdentity, tracked);
        EnterObject();
        codec.WriteBody(ref this, value);
        WriteEndObject();
    }

    private void WriteType(Type type, bool tracked)
    {
        var flag = tracked ? 1u : 0u;
        if (Session.TryGetTypeNumber(type, out var number))
        {
            WriteVarUInt32((number << 1) | flag);
            return;
        }

        var name = Codecs.Types.GetNameBytes(type);
        WriteVarUInt32((1 << 1) | flag);
        WriteVarUInt32((uint)name.Length);
        WriteRaw(name);
    }

    private readonly void EnterObject()
    {
        if (!Session.TryEnter())
            ThrowTooDeep();
    }

    [DoesNotReturn]
    private static void ThrowTooDeep() => throw new SerializerException(SerializerSession.TooDeep);

    private void WriteFixed64Field(uint id, ulong value)
    {
        WriteHeader(id, WireType.Fixed64);
        WriteFixed64(value);
    }
}
