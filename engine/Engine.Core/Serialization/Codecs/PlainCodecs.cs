using System.Runtime.CompilerServices;
using Engine.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Serialization.Codecs;

internal delegate void WriteValue<in T>(ref Writer writer, uint id, T value);

internal delegate T ReadValue<out T>(ref Reader reader, WireType type);

/// <summary>The codec of a type that the writer and the reader know.</summary>
internal sealed class PlainCodec<T>(WriteValue<T> write, ReadValue<T> read) : FieldCodec<T>
{
    public override void Write(ref Writer writer, uint id, T value) => write(ref writer, id, value);
    public override T Read(ref Reader reader, WireType type) => read(ref reader, type);
}

internal static class PlainCodecs
{
    /// <summary>A fresh codec a host is not needed: these have no state.</summary>
    public static readonly Dictionary<Type, FieldCodec> All = new FieldCodec[]
    {
        new PlainCodec<bool>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadBoolean(t)),
        new PlainCodec<sbyte>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadSByte(t)),
        new PlainCodec<short>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadInt16(t)),
        new PlainCodec<int>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadInt32(t)),
        new PlainCodec<long>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadInt64(t)),
        new PlainCodec<byte>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadByte(t)),
        new PlainCodec<ushort>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadUInt16(t)),
        new PlainCodec<uint>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadUInt32(t)),
        new PlainCodec<ulong>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadUInt64(t)),
        new PlainCodec<char>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadChar(t)),
        new PlainCodec<float>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadSingle(t)),
        new PlainCodec<double>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadDouble(t)),
        new PlainCodec<decimal>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadDecimal(t)),
        new PlainCodec<string?>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadString(t)),
        new PlainCodec<Guid>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadGuid(t)),
        new PlainCodec<TimeSpan>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadTimeSpan(t)),
        new PlainCodec<DateOnly>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadDateOnly(t)),
        new PlainCodec<TimeOnly>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadTimeOnly(t)),
        new PlainCodec<DateTime>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadDateTime(t)),
        new PlainCodec<DateTimeOffset>((ref w, id, v) => w.WriteField(id, v), (ref r, t) => r.ReadDateTimeOffset(t)),
        new PlainCodec<byte[]?>(WriteBytes, (ref r, t) => r.ReadBytes(t)),
        new PlainCodec<ReadOnlyMemory<byte>>((ref w, id, v) => w.WriteField(id, v.Span), (ref r, t) => r.ReadBytes(t)),
        new PlainCodec<Memory<byte>>((ref w, id, v) => w.WriteField(id, v.Span), (ref r, t) => r.ReadBytes(t)),
        Text<Uri>(v => v.OriginalString, s => Uri.TryCreate(s, UriKind.RelativeOrAbsolute, out var uri) ? uri : null),
        Text<Version>(v => v.ToString(), s => Version.TryParse(s, out var version) ? version : null),
        Text<SiloAddress>(v => v.ToParsableString(), s => SiloAddress.TryParse(s, out var address) ? address : null),
        new PlainCodec<GrainType>((ref w, id, v) => w.WriteField(id, v.IsDefault ? null : v.ToString()), (ref r, t) => r.ReadString(t) is { Length: > 0 } text ? GrainType.Create(text) : default),
        new PlainCodec<GrainId>(WriteGrainId, ReadGrainId),
        new PlainCodec<Nothing>((ref w, id, _) => w.WriteNull(id), (ref r, t) => SkipNothing(ref r, t)),
        new PlainCodec<CancellationToken>((ref w, id, _) => w.WriteNull(id), (ref r, t) => SkipToken(ref r, t)),
    }.ToDictionary(c => c.Type);

    private static PlainCodec<T?> Text<T>(Func<T, string> format, Func<string, T?> parse) where T : class => new(
        (ref w, id, v) => w.WriteField(id, v is null ? null : format(v)),
        (ref r, t) => r.ReadString(t) is not { } text ? null : parse(text) ?? throw Reader.Malformed($"not a {typeof(T).Name}"));

    private static void WriteBytes(ref Writer writer, uint id, byte[]? value)
    {
        if (value is null)
            writer.WriteNull(id);
        else
            writer.WriteField(id, new ReadOnlySpan<byte>(value));
    }

    private static void WriteGrainId(ref Writer writer, uint id, GrainId value) => writer.WriteField(id, value.IsDefault ? null : value.ToString());

    private static GrainId ReadGrainId(ref Reader reader, WireType type)
    {
        if (reader.ReadString(type) is not { } text)
            return default;

        return GrainId.TryParse(text, out var value) ? value : throw Reader.Malformed("not a grain id");
    }

    private static Nothing SkipNothing(ref Reader reader, WireType type)
    {
        reader.Skip(type);
        return default;
    }

    private static CancellationToken SkipToken(ref Reader reader, WireType type)
    {
        reader.Skip(type);
        return default;
    }
}

/// <summary>The codec of an enum: its number is written.</summary>
internal sealed class EnumCodec<TEnum, TNumber> : FieldCodec<TEnum>
    where TEnum : struct, Enum
    where TNumber : struct
{
    private readonly FieldCodec<TNumber> _number = (FieldCodec<TNumber>)PlainCodecs.All[typeof(TNumber)];

    public override void Write(ref Writer writer, uint id, TEnum value) => _number.Write(ref writer, id, Unsafe.BitCast<TEnum, TNumber>(value));
    public override TEnum Read(ref Reader reader, WireType type) => Unsafe.BitCast<TNumber, TEnum>(_number.Read(ref reader, type));
}

internal sealed class NullableCodec<T> : FieldCodec<T?> where T : struct
{
    private FieldCodec<T> _value = null!;

    public override void Bind(CodecProvider codecs) => _value = codecs.GetCodec<T>();

    public override void Write(ref Writer writer, uint id, T? value)
    {
        if (value is { } present)
            _value.Write(ref writer, id, present);
        else
            writer.WriteNull(id);
    }

    public override T? Read(ref Reader reader, WireType type) => type == WireType.Null ? null : _value.Read(ref reader, type);
}
