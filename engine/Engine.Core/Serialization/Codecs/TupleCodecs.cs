using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>A struct whose parts are of other types; by its parts it is written, read and copied.</summary>
internal interface IParts<TSelf> where TSelf : struct
{
    static abstract void Write(ref Writer writer, ref TSelf value, CodecProvider codecs);
    static abstract void Read(ref Reader reader, uint id, WireType type, ref TSelf value, CodecProvider codecs);
    static abstract TSelf Copy(TSelf value, CopyContext context);
    static abstract bool IsShared(CodecProvider codecs);
}

internal sealed class PartsCodec<T, TParts> : StructCodec<T>
    where T : struct
    where TParts : IParts<T>
{
    private CodecProvider _codecs = null!;

    public override void Bind(CodecProvider codecs) => _codecs = codecs;

    public override void WriteFields(ref Writer writer, ref T value) => TParts.Write(ref writer, ref value, _codecs);

    public override void ReadFields(ref Reader reader, ref T value)
    {
        uint id;
        while (reader.ReadHeader(out id, out var type))
            TParts.Read(ref reader, id, type, ref value, _codecs);

        Reader.RequireEnd(id);
    }
}

internal sealed class PartsCopier<T, TParts> : Copier<T>
    where T : struct
    where TParts : IParts<T>
{
    private bool _isShared;

    public override bool IsShallow => _isShared;

    public override void Bind(CodecProvider codecs) => _isShared = TParts.IsShared(codecs);

    public override T DeepCopy(T input, CopyContext context) => _isShared ? input : TParts.Copy(input, context);
}

internal readonly struct PairParts<T1, T2> : IParts<KeyValuePair<T1, T2>>
{
    public static void Write(ref Writer writer, ref KeyValuePair<T1, T2> value, CodecProvider codecs)
    {
        codecs.GetCodec<T1>().Write(ref writer, 0, value.Key);
        codecs.GetCodec<T2>().Write(ref writer, 1, value.Value);
    }

    public static void Read(ref Reader reader, uint id, WireType type, ref KeyValuePair<T1, T2> value, CodecProvider codecs)
    {
        if (id == 0)
            value = new(codecs.GetCodec<T1>().Read(ref reader, type), value.Value);
        else if (id == 1)
            value = new(value.Key, codecs.GetCodec<T2>().Read(ref reader, type));
        else
            reader.Skip(type);
    }

    public static KeyValuePair<T1, T2> Copy(KeyValuePair<T1, T2> value, CopyContext context) => new(context.DeepCopy(value.Key), context.DeepCopy(value.Value));
    public static bool IsShared(CodecProvider codecs) => CodecProvider.IsShallow(codecs.GetCopier<T1>()) && CodecProvider.IsShallow(codecs.GetCopier<T2>());
}

internal readonly struct TupleParts<T1, T2> : IParts<ValueTuple<T1, T2>>
{
    public static void Write(ref Writer writer, ref (T1, T2) value, CodecProvider codecs)
    {
        codecs.GetCodec<T1>().Write(ref writer, 0, value.Item1);
        codecs.GetCodec<T2>().Write(ref writer, 1, value.Item2);
    }

    public static void Read(ref Reader reader, uint id, WireType type, ref (T1, T2) value, CodecProvider codecs)
    {
        if (id == 0)
            value.Item1 = codecs.GetCodec<T1>().Read(ref reader, type);
        else if (id == 1)
            value.Item2 = codecs.GetCodec<T2>().Read(ref reader, type);
        else
            reader.Skip(type);
    }

    public static (T1, T2) Copy((T1, T2) value, CopyContext context) => (context.DeepCopy(value.Item1), context.DeepCopy(value.Item2));
    public static bool IsShared(CodecProvider codecs) => CodecProvider.IsShallow(codecs.GetCopier<T1>()) && CodecProvider.IsShallow(codecs.GetCopier<T2>());
}

internal readonly struct TupleParts<T1, T2, T3> : IParts<ValueTuple<T1, T2, T3>>
{
    public static void Write(ref Writer writer, ref (T1, T2, T3) value, CodecProvider codecs)
    {
        codecs.GetCodec<T1>().Write(ref writer, 0, value.Item1);
        codecs.GetCodec<T2>().Write(ref writer, 1, value.Item2);
        codecs.GetCodec<T3>().Write(ref writer, 2, value.Item3);
    }

    public static void Read(ref Reader reader, uint id, WireType type, ref (T1, T2, T3) value, CodecProvider codecs)
    {
        if (id == 0)
            value.Item1 = codecs.GetCodec<T1>().Read(ref reader, type);
        else if (id == 1)
            value.Item2 = codecs.GetCodec<T2>().Read(ref reader, type);
        else if (id == 2)
            value.Item3 = codecs.GetCodec<T3>().Read(ref reader, type);
        else
            reader.Skip(type);
    }

    public static (T1, T2, T3) Copy((T1, T2, T3) value, CopyContext context) =>
        (context.DeepCopy(value.Item1), context.DeepCopy(value.Item2), context.DeepCopy(value.Item3));

    public static bool IsShared(CodecProvider codecs) => CodecProvider.IsShallow(codecs.GetCopier<T1>()) && CodecProvider.IsShallow(codecs.GetCopier<T2>()) && CodecProvider.IsShallow(codecs.GetCopier<T3>());
}

internal readonly struct TupleParts<T1, T2, T3, T4> : IParts<ValueTuple<T1, T2, T3, T4>>
{
    public static void Write(ref Writer writer, ref (T1, T2, T3, T4) value, CodecProvider codecs)
    {
        codecs.GetCodec<T1>().Write(ref writer, 0, value.Item1);
        codecs.GetCodec<T2>().Write(ref writer, 1, value.Item2);
        codecs.GetCodec<T3>().Write(ref writer, 2, value.Item3);
        codecs.GetCodec<T4>().Write(ref writer, 3, value.Item4);
    }

    public static void Read(ref Reader reader, uint id, WireType type, ref (T1, T2, T3, T4) value, CodecProvider codecs)
    {
        if (id == 0)
            value.Item1 = codecs.GetCodec<T1>().Read(ref reader, type);
        else if (id == 1)
            value.Item2 = codecs.GetCodec<T2>().Read(ref reader, type);
        else if (id == 2)
            value.Item3 = codecs.GetCodec<T3>().Read(ref reader, type);
        else if (id == 3)
            value.Item4 = codecs.GetCodec<T4>().Read(ref reader, type);
        else
            reader.Skip(type);
    }

    public static (T1, T2, T3, T4) Copy((T1, T2, T3, T4) value, CopyContext context) =>
        (context.DeepCopy(value.Item1), context.DeepCopy(value.Item2), context.DeepCopy(value.Item3), context.DeepCopy(value.Item4));

    public static bool IsShared(CodecProvider codecs) =>
        CodecProvider.IsShallow(codecs.GetCopier<T1>()) && CodecProvider.IsShallow(codecs.GetCopier<T2>()) && CodecProvider.IsShallow(codecs.GetCopier<T3>()) && CodecProvider.IsShallow(codecs.GetCopier<T4>());
}
