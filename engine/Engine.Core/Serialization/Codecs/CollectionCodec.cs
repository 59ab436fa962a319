using System.Runtime.InteropServices;
using Engine.CodeGeneration;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>The codec of a collection class.</summary>
/// <remarks>
/// <code>
/// collection = field 0: count, field 2: comparer (if not the default one), field 1: element*
/// </code>
/// </remarks>
internal sealed class CollectionCodec<TCollection, TElement, TShape> : ReferenceCodec<TCollection>
    where TCollection : class, IEnumerable<TElement>
    where TShape : ICollectionShape<TCollection, TElement>
{
    private FieldCodec<TElement> _element = null!;

    public override void Bind(CodecProvider codecs) => _element = codecs.GetCodec<TElement>();

    protected override void WriteContent(ref Writer writer, TCollection value)
    {
        writer.WriteField(0, (uint)TShape.Count(value));
        var comparer = TShape.Comparer(value);
        if (comparer != KnownComparer.Default)
            writer.WriteField(2, (uint)comparer);

        if (value is List<TElement> list)
        {
            foreach (var element in CollectionsMarshal.AsSpan(list))
                _element.Write(ref writer, 1, element);

            return;
        }

        foreach (var element in value)
            _element.Write(ref writer, 1, element);
    }

    protected override TCollection ReadContent(ref Reader reader, int number)
    {
        var count = 0;
        var comparer = KnownComparer.Default;
        var more = reader.ReadHeader(out var id, out var type);
        for (; more && id != 1; more = reader.ReadHeader(out id, out type))
        {
            if (id == 0)
                count = reader.ReadCount(type);
            else if (id == 2)
                comparer = (KnownComparer)reader.ReadByte(type);
            else
                reader.Skip(type);
        }

        var target = TShape.Begin(count, comparer);
        if (target is not null)
            reader.Record(number, target);

        List<TElement>? elements = target is null ? new(count) : null;
        for (; more; more = reader.ReadHeader(out id, out type))
        {
            if (id != 1)
            {
                reader.Skip(type);
                continue;
            }

            var element = _element.Read(ref reader, type);
            if (target is null)
                elements!.Add(element);
            else if (!TShape.TryAdd(target, element))
                throw Reader.Malformed("an element that its collection does not take");
        }

        Reader.RequireEnd(id);
        if (target is not null)
            return target;

        target = Build(elements!, comparer);
        reader.Record(number, target);
        return target;
    }

    private static TCollection Build(List<TElement> elements, KnownComparer comparer)
    {
        try
        {
            return TShape.Build(elements, comparer);
        }
        catch (ArgumentException)
        {
            throw Reader.Malformed("an element that its collection does not take");
        }
    }
}

/// <summary>The codec of sequences whose type nobody can name: they arrive as lists.</summary>
internal sealed class SequenceCodec<T> : FieldCodec<IEnumerable<T>>
{
    private FieldCodec<List<T>> _list = null!;

    public override Type WireIdentity => typeof(List<T>);
    public override bool IsTracked => true;

    public override void Bind(CodecProvider codecs) => _list = codecs.GetCodec<List<T>>();

    public override void Write(ref Writer writer, uint id, IEnumerable<T> value) => writer.WritePolymorphic(id, value);
    public override IEnumerable<T> Read(ref Reader reader, WireType type) => _list.Read(ref reader, type);

    public override void WriteBody(ref Writer writer, object value) => _list.WriteBody(ref writer, ((IEnumerable<T>)value).ToList());
    public override object ReadBody(ref Reader reader, int number) => _list.ReadBody(ref reader, number);
}

internal sealed class CollectionCopier<TCollection, TElement, TShape> : Copier<TCollection?>
    where TCollection : class, IEnumerable<TElement>
    where TShape : ICollectionShape<TCollection, TElement>
{
    private IDeepCopier<TElement> _element = null!;
    private bool _elementsAreShared;

    public override bool IsShallow => TShape.IsImmutable && _elementsAreShared;

    public override void Bind(CodecProvider codecs)
    {
        _element = codecs.GetCopier<TElement>();
        _elementsAreShared = CodecProvider.IsShallow(_element);
    }

    public override TCollection? DeepCopy(TCollection? input, CopyContext context)
    {
        if (input is null || IsShallow)
            return input;
        if (input.GetType() != typeof(TCollection))
            return (TCollection?)context.Codecs.GetCopier(input.GetType()).DeepCopy(input, context);
        if (context.TryGetCopy<TCollection>(input, out var copy))
            return copy;

        copy = _elementsAreShared ? TShape.Clone(input) : null;
        if (copy is not null)
        {
            context.RecordCopy(input, copy);
            return copy;
        }

        copy = TShape.BeginCopy(input);
        if (copy is not null)
        {
            context.RecordCopy(input, copy);
            foreach (var element in input)
                TShape.TryAdd(copy, Copy(element, context));

            return copy;
        }

        var elements = new List<TElement>(TShape.Count(input));
        foreach (var element in input)
            elements.Add(Copy(element, context));

        copy = TShape.BuildCopy(input, elements);
        context.RecordCopy(input, copy);
        return copy;
    }

    private TElement Copy(TElement element, CopyContext context) => _elementsAreShared ? element : _element.DeepCopy(element, context);
}
