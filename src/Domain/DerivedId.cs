using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crescent.Domain;

/// <summary>Ids derived from their cause, so that a retry of the cause finds them again.</summary>
public static class DerivedId
{
    const int StackLimit = 512;

    /// <summary>
    /// An RFC 9562 version 8 UUID from the SHA-256 of the parts, each preceded by its length in bytes: without the
    /// lengths ("ab", "c") and ("a", "bc") would be one id.
    /// </summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts) size += sizeof(int) + Encoding.UTF8.GetByteCount(part);

        var input = size <= StackLimit ? stackalloc byte[StackLimit] : new byte[size];
        var written = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, input[(written + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(input[written..], length);
            written += sizeof(int) + length;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..written], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
