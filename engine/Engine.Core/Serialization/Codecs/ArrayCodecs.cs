using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <remarks>
/// <code>
/// array = field 0: length, field 1: element*
/// </code>
/// </remarks>
internal sealed class ArrayCodec<T> : ReferenceCodec<T[]>
{
    private FieldCodec<T> _element = null!;

    public override void Bind(CodecProvider codecs) => _element = codecs.GetCodec<T>();

    protected override void WriteContent(ref Writer writer, T[] value) => WriteElements(ref writer, value, _element);

    protected override T[] ReadContent(ref Reader reader, int number) => ReadElements(ref reader, number, _element);

    public static void WriteElements(ref Writer writer, T[] value, FieldCodec<T> codec)
    {
        writer.WriteField(0, (uint)value.Length);
        foreach (var element in value)
            codec.Write(ref writer, 1, element);
    }

    public static T[] ReadElements(ref Reader reader, int number, FieldCodec<T> codec)
    {
        if (!reader.ReadHeader(out var id, out var type) || id != 0)
            throw Reader.Malformed("an array without a length");

        var array = new T[reader.ReadCount(type)];
        reader.Record(number, array);
        var next = 0;
        while (reader.ReadHeader(out id, out type))
        {
            if (id != 1)
                reader.Skip(type);
            else if (next < array.Length)
                array[next++] = codec.Read(ref reader, type);
            else
                throw Reader.Malformed("an array with more elements than its length");
        }

        Reader.RequireEnd(id);
        return next == array.Length ? array : throw Reader.Malformed("an array with fewer elements than its length");
    }
}

internal sealed class ArrayCopier<T> : Copier<T[]?>
{
    private IDeepCopier<T> _element = null!;
    private bool _elementsAreShared;

    public override void Bind(CodecProvider codecs)
    {
        _element = codecs.GetCopier<T>();
        _elementsAreShared = CodecProvider.IsShallow(_element);
    }

    public override T[]? DeepCopy(T[]? input, CopyContext context)
    {
        if (input is null || input.Length == 0)
            return input;
        if (input.GetType() != typeof(T[]))
            return (T[]?)context.Codecs.GetCopier(input.GetType()).DeepCopy(input, context);
        if (context.TryGetCopy<T[]>(input, out var copy))
            return copy;

        copy = _elementsAreShared ? (T[])input.Clone() : new T[input.Length];
        context.RecordCopy(input, copy);
        for (var i = 0; !_elementsAreShared && i < input.Length; i++)
            copy[i] = _element.DeepCopy(input[i], context);

        return copy;
    }
}

internal sealed class ImmutableArrayCodec<T> : FieldCodec<ImmutableArray<T>>
{
    private FieldCodec<T> _element = null!;

    public override void Bind(CodecProvider codecs) => _element = codecs.GetCodec<T>();

    public override void Write(ref Writer writer, uint id, ImmutableArray<T> value)
    {
        if (ImmutableCollectionsMarshal.AsArray(value) is not { } array)
        {
            writer.WriteNull(id);
            return;
        }

        writer.WriteStart(id);
        ArrayCodec<T>.WriteElements(ref writer, array, _element);
        writer.WriteEndObject();
    }

    public override ImmutableArray<T> Read(ref Reader reader, WireType type)
    {
        if (type == WireType.Null)
            return default;

        reader.ReadStart(type);
        var array = ArrayCodec<T>.ReadElements(ref reader, -1, _element);
        reader.LeaveObject();
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }
}

internal sealed class ImmutableArrayCopier<T> : Copier<ImmutableArray<T>>
{
    private IDeepCopier<T> _element = null!;

    public override bool IsShallow => CodecProvider.IsShallow(_element);

    public override void Bind(CodecProvider codecs) => _element = codecs.GetCopier<T>();

    public override ImmutableArray<T> DeepCopy(ImmutableArray<T> input, CopyContext context)
    {
        if (input.IsDefaultOrEmpty || IsShallow)
            return input;

        var copy = new T[input.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = _element.DeepCopy(input[i], context);

        return ImmutableCollectionsMarshal.AsImmutableArray(copy);
    }
}

/// <summary>Copies bytes; what the copy is made of is an array of its own.</summary>
internal sealed class BytesCopier<T>(Func<T, ReadOnlyMemory<byte>> bytes, Func<byte[], T> create) : Copier<T>
{
    public override T DeepCopy(T input, CopyContext context) => create(bytes(input).ToArray());
}
