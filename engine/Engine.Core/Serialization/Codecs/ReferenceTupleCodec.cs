using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>The codec of pairs that are objects. They can't be changed, and so can't contain themselves.</summary>
internal sealed class ReferenceTupleCodec<T1, T2> : ReferenceCodec<Tuple<T1, T2>>
{
    private FieldCodec<T1> _first = null!;
    private FieldCodec<T2> _second = null!;

    public override void Bind(CodecProvider codecs)
    {
        _first = codecs.GetCodec<T1>();
        _second = codecs.GetCodec<T2>();
    }

    protected override void WriteContent(ref Writer writer, Tuple<T1, T2> value)
    {
        _first.Write(ref writer, 0, value.Item1);
        _second.Write(ref writer, 1, value.Item2);
    }

    protected override Tuple<T1, T2> ReadContent(ref Reader reader, int number)
    {
        T1 first = default!;
        T2 second = default!;
        uint id;
        while (reader.ReadHeader(out id, out var type))
        {
            if (id == 0)
                first = _first.Read(ref reader, type);
            else if (id == 1)
                second = _second.Read(ref reader, type);
            else
                reader.Skip(type);
        }

        Reader.RequireEnd(id);
        var value = Tuple.Create(first, second);
        reader.Record(number, value);
        return value;
    }
}

/// <summary>Copies pairs that are objects, or shares them if their parts can be shared.</summary>
internal sealed class ReferenceTupleCopier<T1, T2> : Copier<Tuple<T1, T2>?>
{
    private IDeepCopier<T1> _first = null!;
    private IDeepCopier<T2> _second = null!;

    public override bool IsShallow => CodecProvider.IsShallow(_first) && CodecProvider.IsShallow(_second);

    public override void Bind(CodecProvider codecs)
    {
        _first = codecs.GetCopier<T1>();
        _second = codecs.GetCopier<T2>();
    }

    public override Tuple<T1, T2>? DeepCopy(Tuple<T1, T2>? input, CopyContext context)
    {
        if (input is null || IsShallow)
            return input;
        if (context.TryGetCopy<Tuple<T1, T2>>(input, out var copy))
            return copy;

        copy = Tuple.Create(_first.DeepCopy(input.Item1, context), _second.DeepCopy(input.Item2, context));
        context.RecordCopy(input, copy);
        return copy;
    }
}
