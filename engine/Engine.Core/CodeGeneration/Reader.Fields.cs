using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Serialization;

namespace Engine.CodeGeneration;

public ref partial struct Reader
{
    /// <summary>Reads the header of the next field of an object; false at the object's end, or at that of its base class's part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ReadHeader(out uint id, out WireType type)
    {
        var header = ReadVarUInt32();
        id = header >> 3;
        type = (WireType)(header & 7);
        return type != WireType.End;
    }

    /// <summary>Checks that a base class's part has ended where it should, not the whole object.</summary>
    public static void RequireEndBase(uint id)
    {
        if (id != 1)
            throw Malformed("the part of a base class is missing");
    }

    /// <summary>Checks that the object has ended, not only the part of a base class.</summary>
    public static void RequireEnd(uint id)
    {
        if (id != 0)
            throw Malformed("an object has more base classes than its type");
    }

    public bool ReadBoolean(WireType type) => ReadUnsigned(type, 1) != 0;
    public sbyte ReadSByte(WireType type) => (sbyte)ReadSigned(type, sbyte.MinValue, sbyte.MaxValue);
    public short ReadInt16(WireType type) => (short)ReadSigned(type, short.MinValue, short.MaxValue);
    public int ReadInt32(WireType type) => (int)ReadSigned(type, int.MinValue, int.MaxValue);
    public long ReadInt64(WireType type) => ReadSigned(type, long.MinValue, long.MaxValue);
    public byte ReadByte(WireType type) => (byte)ReadUnsigned(type, byte.MaxValue);
    public ushort ReadUInt16(WireType type) => (ushort)ReadUnsigned(type, ushort.MaxValue);
    public uint ReadUInt32(WireType type) => (uint)ReadUnsigned(type, uint.MaxValue);
    public ulong ReadUInt64(WireType type) => ReadUnsigned(type, ulong.MaxValue);
    public char ReadChar(WireType type) => (char)ReadUnsigned(type, char.MaxValue);

    public float ReadSingle(WireType type)
    {
        Require(type, WireType.Fixed32);
        return BitConverter.UInt32BitsToSingle(ReadFixed32());
    }

    public double ReadDouble(WireType type)
    {
        Require(type, WireType.Fixed64);
        return BitConverter.UInt64BitsToDouble(ReadFixed64());
    }

    public decimal ReadDecimal(WireType type)
    {
        const uint Sign = 0x8000_0000;
        const uint Scale = 0x00ff_0000;
        Span<byte> bytes = stackalloc byte[16];
        ReadExactly(type, bytes);
        var low = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var middle = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        var high = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        var scale = (flags & Scale) >> 16;
        if ((flags & ~(Sign | Scale)) != 0 || scale > 28)
            throw Malformed("not a decimal");

        return new decimal(low, middle, high, (flags & Sign) != 0, (byte)scale);
    }

    public Guid ReadGuid(WireType type)
    {
        Span<byte> bytes = stackalloc byte[16];
        ReadExactly(type, bytes);
        return new Guid(bytes);
    }

    public TimeSpan ReadTimeSpan(WireType type) => new(ReadInt64(type));

    public DateOnly ReadDateOnly(WireType type) =>
        DateOnly.FromDayNumber((int)ReadUnsigned(type, (ulong)DateOnly.MaxValue.DayNumber));

    public TimeOnly ReadTimeOnly(WireType type) => new((long)ReadUnsigned(type, (ulong)TimeOnly.MaxValue.Ticks));

    public DateTime ReadDateTime(WireType type)
    {
        Require(type, WireType.Fixed64);
        try
        {
            return DateTime.FromBinary((long)ReadFixed64());
        }
        catch (ArgumentException)
        {
            throw Malformed("not a time");
        }
    }

    public DateTimeOffset ReadDateTimeOffset(WireType type)
    {
        Span<byte> bytes = stackalloc byte[10];
        ReadExactly(type, bytes);
        try
        {
            var offset = BinaryPrimitives.ReadInt16LittleEndian(bytes[8..]);
            return new(BinaryPrimitives.ReadInt64LittleEndian(bytes), TimeSpan.FromMinutes(offset));
        }
        catch (ArgumentException)
        {
            throw Malformed("not a time");
        }
    }

    public byte[]? ReadBytes(WireType type)
    {
        if (type == WireType.Null)
            return null;

        var bytes = new byte[ReadLength(type)];
        ReadRaw(bytes);
        return bytes;
    }

    public string? ReadString(WireType type)
    {
        if (type == WireType.Null)
            return null;

        var length = ReadLength(type);
        if (TryReadSpan(length, out var bytes))
            return Encoding.UTF8.GetString(bytes);

        using var rented = new PooledBytes(length);
        ReadRaw(rented.Span);
        return Encoding.UTF8.GetString(rented.Span);
    }

    /// <summary>Reads the number of a collection's elements, each of which takes a byte at least.</summary>
    public int ReadCount(WireType type)
    {
        var count = ReadUnsigned(type, int.MaxValue);
        if (count > (ulong)Remaining)
            throw Malformed("a collection is longer than the input");

        return (int)count;
    }

    /// <exception cref="SerializerException">The field has another wire type.</exception>
    public static void Require(WireType actual, WireType expected)
    {
        if (actual != expected)
            throw Malformed($"a field has the wire type {actual} instead of {expected}");
    }

    private long ReadSigned(WireType type, long min, long max)
    {
        Require(type, WireType.VarInt);
        var zigzag = ReadVarUInt64();
        var value = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        return value >= min && value <= max ? value : throw Malformed("a number is out of its range");
    }

    private ulong ReadUnsigned(WireType type, ulong max)
    {
        Require(type, WireType.VarInt);
        var value = ReadVarUInt64();
        return value <= max ? value : throw Malformed("a number is out of its range");
    }

    private int ReadLength(WireType type)
    {
        Require(type, WireType.Bytes);
        return ReadLength();
    }

    private int ReadLength()
    {
        var length = ReadVarUInt32();
        RequireRemaining(length);
        return length <= (uint)Array.MaxLength ? (int)length : throw Malformed("a text or a byte array is too long");
    }

    private void ReadExactly(WireType type, scoped Span<byte> destination)
    {
        if (ReadLength(type) != destination.Length)
            throw Malformed("a value has the wrong length");

        ReadRaw(destination);
    }
}
