using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>The codec of a class that is written as its surrogate.</summary>
internal sealed class ConverterCodec<T, TSurrogate>(IConverter<T, TSurrogate> converter) : ReferenceCodec<T>
    where T : class
    where TSurrogate : struct
{
    private FieldCodec<TSurrogate> _surrogate = null!;

    public override void Bind(CodecProvider codecs) => _surrogate = codecs.GetCodec<TSurrogate>();

    protected override void WriteContent(ref Writer writer, T value) => _surrogate.WriteBody(ref writer, converter.ConvertToSurrogate(value));

    protected override T ReadContent(ref Reader reader, int number)
    {
        var surrogate = (TSurrogate)_surrogate.ReadBody(ref reader, -1);
        var value = converter.ConvertFromSurrogate(surrogate);
        reader.Record(number, value);
        return value;
    }
}

/// <summary>The codec of a struct that is written as its surrogate.</summary>
internal sealed class ValueConverterCodec<T, TSurrogate>(IConverter<T, TSurrogate> converter) : FieldCodec<T>
    where T : struct
    where TSurrogate : struct
{
    private FieldCodec<TSurrogate> _surrogate = null!;

    public override void Bind(CodecProvider codecs) => _surrogate = codecs.GetCodec<TSurrogate>();

    public override void Write(ref Writer writer, uint id, T value) => _surrogate.Write(ref writer, id, converter.ConvertToSurrogate(value));

    public override T Read(ref Reader reader, WireType type) => converter.ConvertFromSurrogate(_surrogate.Read(ref reader, type));
}

/// <summary>Copies by way of the surrogate.</summary>
internal sealed class ConverterCopier<T, TSurrogate>(IConverter<T, TSurrogate> converter) : Copier<T> where TSurrogate : struct
{
    private IDeepCopier<TSurrogate> _surrogate = null!;

    public override void Bind(CodecProvider codecs) => _surrogate = codecs.GetCopier<TSurrogate>();

    public override T DeepCopy(T input, CopyContext context)
    {
        if (input is null)
            return input;
        if (context.TryGetCopy<object>(input, out var known))
            return (T)known;

        var copy = converter.ConvertFromSurrogate(_surrogate.DeepCopy(converter.ConvertToSurrogate(input), context));
        if (!typeof(T).IsValueType)
            context.RecordCopy(input, copy!);

        return copy;
    }
}
