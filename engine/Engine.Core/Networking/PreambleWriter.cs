using System.Buffers.Binary;
using System.Text;

namespace Orleans.Runtime.Networking;

/// <summary>Writes the fields of a <see cref="Preamble"/>.</summary>
internal ref struct PreambleWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    public int Length { get; private set; }

    public void Byte(byte value) => _bytes[Length++] = value;

    public void Guid(Guid value)
    {
        value.TryWriteBytes(_bytes[Length..]);
        Length += 16;
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetBytes(value, _bytes[(Length + sizeof(ushort))..]);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes[Length..], (ushort)length);
        Length += sizeof(ushort) + length;
    }

    /// <summary><c>address = ipLength ip port generation</c></summary>
    public void Address(SiloAddress value)
    {
        value.Endpoint.Address.TryWriteBytes(_bytes[(Length + 1)..], out var length);
        Byte((byte)length);
        Length += length;
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes[Length..], (ushort)value.Endpoint.Port);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes[(Length + sizeof(ushort))..], value.Generation);
        Length += sizeof(ushort) + sizeof(int);
    }
}
