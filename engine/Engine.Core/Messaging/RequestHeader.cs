using System.Buffers;
using System.Buffers.Binary;

namespace Orleans.Runtime;

/// <summary>
/// What stands before the arguments in a request's body. Numbers of a fixed size are little-endian.
/// <code>
/// request   = length header arguments          length: u32, the bytes of the header
/// header    = view lifetime forwards flags method type key interface field* end
/// view      = i64                              the sender's version of the membership
/// lifetime  = u32                              milliseconds for which the caller waits; 0 for ever
/// forwards  = u8                               how often it was passed on
/// flags     = u8                               see RequestFlags; unknown ones are ignored
/// method    = u32                              unique in the interface
/// type, key, interface = text                  the grain's type and key; the wire name of the interface that declares the method
/// text      = varuint length, bytes
/// field     = varuint tag (greater than 0), text
///             1: the calling grain (type as text, then its key)
///             2: the caller's span: trace id (16 bytes), span id (8), trace flags (1), trace state (UTF-8)
///             3: the request context, a serialized dictionary
///             others are skipped
/// end       = 0 as varuint
/// </code>
/// </summary>
internal readonly ref struct RequestHeader
{
    public const int MaxLength = 1 << 20;
    public const int LengthSize = sizeof(uint);

    private const int LifetimeOffset = LengthSize + sizeof(long);
    private const int ForwardsOffset = LifetimeOffset + sizeof(uint);
    private const int FlagsOffset = ForwardsOffset + 1;
    private const int MethodOffset = FlagsOffset + 1;
    private const int FixedLength = MethodOffset + sizeof(uint) - LengthSize;

    private const uint SourceTag = 1;
    private const uint TraceTag = 2;
    private const uint ContextTag = 3;

    private RequestHeader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> type, ReadOnlySpan<byte> key, ReadOnlySpan<byte> @interface, Fields fields)
    {
        View = BinaryPrimitives.ReadInt64LittleEndian(header);
        Lifetime = BinaryPrimitives.ReadUInt32LittleEndian(header[(LifetimeOffset - LengthSize)..]);
        ForwardCount = header[ForwardsOffset - LengthSize];
        Flags = (RequestFlags)header[FlagsOffset - LengthSize];
        Method = BinaryPrimitives.ReadUInt32LittleEndian(header[(MethodOffset - LengthSize)..]);
        GrainType = type;
        GrainKey = key;
        Interface = @interface;
        SourceType = fields.SourceType;
        SourceKey = fields.SourceKey;
        Trace = fields.Trace;
        Context = fields.Context;
    }

    public long View { get; }

    /// <summary>In milliseconds; 0 for ever.</summary>
    public uint Lifetime { get; }

    public byte ForwardCount { get; }

    public RequestFlags Flags { get; }

    public uint Method { get; }

    public ReadOnlySpan<byte> GrainType { get; }

    public ReadOnlySpan<byte> GrainKey { get; }

    public ReadOnlySpan<byte> Interface { get; }

    /// <summary>Empty if the caller is no grain.</summary>
    public ReadOnlySpan<byte> SourceType { get; }

    public ReadOnlySpan<byte> SourceKey { get; }

    /// <summary>Empty, or see <see cref="WireTrace"/>.</summary>
    public ReadOnlySpan<byte> Trace { get; }

    /// <summary>Empty if the caller has no request context.</summary>
    public ReadOnlySpan<byte> Context { get; }

    /// <summary>How long the header is, after its length; -1 if the body can't begin a request.</summary>
    public static int LengthOf(in ReadOnlySequence<byte> body)
    {
        if (body.Length < LengthSize + FixedLength)
        {
            return -1;
        }

        Span<byte> bytes = stackalloc byte[LengthSize];
        body.Slice(0, LengthSize).CopyTo(bytes);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return length is >= FixedLength and <= MaxLength && length <= body.Length - LengthSize ? (int)length : -1;
    }

    /// <summary>Reads a header without its length. Whatever the bytes are, it answers without an exception.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RequestHeader header)
    {
        header = default;
        if (bytes.Length < FixedLength)
        {
            return false;
        }

        var rest = bytes[FixedLength..];
        if (!TryReadText(ref rest, out var type) || type.IsEmpty
            || !TryReadText(ref rest, out var key) || key.IsEmpty
            || !TryReadText(ref rest, out var @interface)
            || !TryReadFields(ref rest, out var fields))
        {
            return false;
        }

        header = new RequestHeader(bytes, type, key, @interface, fields);
        return true;
    }

    /// <summary>Writes a header with its length.</summary>
    public static void Write(IBufferWriter<byte> output, in RequestPrefix prefix, GrainId target, byte[] @interface, GrainId source, ReadOnlySpan<byte> trace, ReadOnlySpan<byte> context)
    {
        var sourceLength = source.IsDefault ? 0 : TextLength(source.Type.AsSpan().Length) + source.Key.AsSpan().Length;
        var length = FixedLength + TextLength(target.Type.AsSpan().Length) + TextLength(target.Key.AsSpan().Length) + TextLength(@interface.Length)
            + FieldLength(sourceLength) + FieldLength(trace.Length) + FieldLength(context.Length) + 1;
        if (length > MaxLength)
        {
            throw new OrleansException($"The header of a call to {target} is too long: {length} of {MaxLength} bytes; the request context has {context.Length}.");
        }

        var span = output.GetSpan(LengthSize + length);
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)length);
        BinaryPrimitives.WriteInt64LittleEndian(span[LengthSize..], prefix.View);
        BinaryPrimitives.WriteUInt32LittleEndian(span[LifetimeOffset..], prefix.Lifetime);
        span[ForwardsOffset] = prefix.ForwardCount;
        span[FlagsOffset] = (byte)prefix.Flags;
        BinaryPrimitives.WriteUInt32LittleEndian(span[MethodOffset..], prefix.Method);
        var rest = span[(LengthSize + FixedLength)..];
        WriteText(ref rest, target.Type.AsSpan());
        WriteText(ref rest, target.Key.AsSpan());
        WriteText(ref rest, @interface);
        if (sourceLength > 0)
        {
            WriteVarUInt(ref rest, SourceTag);
            WriteVarUInt(ref rest, (uint)sourceLength);
            WriteText(ref rest, source.Type.AsSpan());
            WriteBytes(ref rest, source.Key.AsSpan());
        }

        WriteField(ref rest, TraceTag, trace);
        WriteField(ref rest, ContextTag, context);
        rest[0] = 0;
        output.Advance(LengthSize + length);
    }

    /// <summary>Renews, in a written request, what its next sender knows better.</summary>
    public static void Patch(Span<byte> body, long view, uint lifetime, byte forwardCount)
    {
        BinaryPrimitives.WriteInt64LittleEndian(body[LengthSize..], view);
        BinaryPrimitives.WriteUInt32LittleEndian(body[LifetimeOffset..], lifetime);
        body[ForwardsOffset] = forwardCount;
    }

    private static bool TryReadFields(scoped ref ReadOnlySpan<byte> rest, out Fields fields)
    {
        fields = default;
        while (TryReadVarUInt(ref rest, out var tag))
        {
            if (tag == 0)
            {
                return rest.IsEmpty;
            }

            if (!TryReadText(ref rest, out var value) || !fields.TryTake(tag, value))
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryReadText(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        if (!TryReadVarUInt(ref rest, out var length) || length > (uint)rest.Length)
        {
            text = default;
            return false;
        }

        text = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    private static bool TryReadVarUInt(scoped ref ReadOnlySpan<byte> rest, out uint value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < 4; i++)
        {
            value |= (uint)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private static int VarUIntLength(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;

    private static int TextLength(int length) => VarUIntLength(length) + length;

    private static int FieldLength(int length) => length == 0 ? 0 : 1 + TextLength(length);

    private static void WriteField(ref Span<byte> rest, uint tag, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            WriteVarUInt(ref rest, tag);
            WriteText(ref rest, value);
        }
    }

    private static void WriteText(ref Span<byte> rest, ReadOnlySpan<byte> text)
    {
        WriteVarUInt(ref rest, (uint)text.Length);
        WriteBytes(ref rest, text);
    }

    private static void WriteBytes(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static void WriteVarUInt(ref Span<byte> rest, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            rest[length++] = (byte)(value | 0x80);
        }

        rest[length++] = (byte)value;
        rest = rest[length..];
    }

    private ref struct Fields
    {
        public ReadOnlySpan<byte> SourceType;
        public ReadOnlySpan<byte> SourceKey;
        public ReadOnlySpan<byte> Trace;
        public ReadOnlySpan<byte> Context;

        /// <returns>Whether the field is well-formed, or not known.</returns>
        public bool TryTake(uint tag, ReadOnlySpan<byte> value)
        {
            switch (tag)
            {
                case SourceTag:
                    var rest = value;
                    var isWhole = TryReadText(ref rest, out var type);
                    SourceType = type;
                    SourceKey = rest;
                    return isWhole && !type.IsEmpty && !rest.IsEmpty;
                case TraceTag:
                    Trace = value;
                    return value.Length >= WireTrace.MinLength;
                case ContextTag:
                    Context = value;
                    return true;
                default:
                    return true;
            }
        }
    }
}

/// <summary>The part of a header that every request has and that its senders renew.</summary>
internal readonly record struct RequestPrefix(long View, uint Lifetime, byte ForwardCount, RequestFlags Flags, uint Method);

[Flags]
internal enum RequestFlags : byte
{
    None = 0,

    /// <summary>The caller may send a cancellation.</summary>
    Cancellable = 1,
}
