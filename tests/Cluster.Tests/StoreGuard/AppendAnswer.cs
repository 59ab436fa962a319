using System.Buffers.Binary;

namespace Crescent.Cluster.Tests.StoreGuard;

/// <summary>What PostgreSQL said to an append, read from the bytes it sent.</summary>
/// <param name="LastPositions">
/// Where each batch's last event stands, null for a batch that was refused; or, for a group of which nothing was looked up, one
/// such position for the whole group.
/// </param>
internal sealed record AppendAnswer(IReadOnlyList<long?> LastPositions)
{
    const byte DataRow = (byte)'D';
    const int HeaderLength = 5;
    const int LengthBytes = 4;

    // answer  = *message
    // message = type(u8) length(i32, itself included) body
    // DataRow = columns(i16) *( length(i32, -1 for null) value )
    public static AppendAnswer Parse(ReadOnlySpan<byte> answer)
    {
        while (answer.Length >= HeaderLength)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(answer[1..]);
            if (answer[0] == DataRow)
            {
                var count = BinaryPrimitives.ReadInt16BigEndian(answer[HeaderLength..]);
                var columns = answer[(HeaderLength + sizeof(short))..];
                var first = Column(ref columns);
                return new AppendAnswer(count == 1 ? [Number(first)] : Numbers(Column(ref columns)));
            }

            answer = answer[(1 + length)..];
        }

        throw new InvalidOperationException("PostgreSQL answered no row.");
    }

    static ReadOnlySpan<byte> Column(ref ReadOnlySpan<byte> columns)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(columns);
        var value = columns.Slice(LengthBytes, Math.Max(length, 0));
        columns = columns[(LengthBytes + value.Length)..];
        return value;
    }

    // array = dimensions(i32) hasNulls(i32) type(i32) count(i32) lowerBound(i32) *( length(i32, -1 for null) value )
    static List<long?> Numbers(ReadOnlySpan<byte> array)
    {
        var numbers = new List<long?>();
        if (array.Length == 0)
            return numbers;
        var count = BinaryPrimitives.ReadInt32BigEndian(array[(3 * LengthBytes)..]);
        var rest = array[(5 * LengthBytes)..];
        for (var i = 0; i < count; i++)
            numbers.Add(Number(Column(ref rest)));

        return numbers;
    }

    static long? Number(ReadOnlySpan<byte> value) => value.Length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(value) : null;
}
