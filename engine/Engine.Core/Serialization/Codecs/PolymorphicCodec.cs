using Engine.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Cloning;

namespace Orleans.Serialization.Codecs;

/// <summary>The codec of interfaces, abstract classes and object: every value is written with its own type.</summary>
internal sealed class PolymorphicCodec<T> : FieldCodec<T?> where T : class
{
    public override void Write(ref Writer writer, uint id, T? value)
    {
        if (value is null)
            writer.WriteNull(id);
        else
            writer.WritePolymorphic(id, value);
    }

    public override T? Read(ref Reader reader, WireType type)
    {
        if (type == WireType.Null)
            return null;
        if (type == WireType.Reference)
            return reader.ReadReference(this);

        Reader.Require(type, WireType.Object);
        var number = reader.ReadStart(out var actual);
        return reader.ReadPolymorphic<T>(actual ?? throw Reader.Malformed($"a {typeof(T)} has no type"), number);
    }

    /// <remarks>The one value of exactly this type is a plain object, which has no content.</remarks>
    public override void WriteBody(ref Writer writer, object value)
    {
        if (typeof(T) != typeof(object))
            throw new CodecNotFoundException($"There is no codec for {value.GetType()}.");
    }

    public override object ReadBody(ref Reader reader, int number)
    {
        if (typeof(T) != typeof(object))
            throw Reader.Malformed($"{typeof(T)} is abstract");

        var value = new object();
        reader.Record(number, value);
        while (reader.ReadHeader(out _, out var type))
            reader.Skip(type);

        return value;
    }
}

internal sealed class PolymorphicCopier<T> : Copier<T?> where T : class
{
    public override T? DeepCopy(T? input, CopyContext context)
    {
        if (input is null || input.GetType() == typeof(object))
            return input;

        return (T?)context.Codecs.GetCopier(input.GetType()).DeepCopy(input, context);
    }
}

/// <summary>The codec of references to grains.</summary>
/// <typeparam name="T">A grain interface, or <see cref="GrainReference"/>.</typeparam>
internal sealed class GrainReferenceCodec<T> : FieldCodec<T?> where T : class
{
    private IGrainFactory? _grains;

    public override Type WireIdentity => typeof(GrainReference);

    public override void Bind(CodecProvider codecs) => _grains = (IGrainFactory?)codecs.Services.GetService(typeof(IGrainFactory));

    public override void Write(ref Writer writer, uint id, T? value)
    {
        if (value is null)
        {
            writer.WriteNull(id);
            return;
        }

        writer.WriteStart(id);
        WriteBody(ref writer, value);
        writer.WriteEndObject();
    }

    public override T? Read(ref Reader reader, WireType type)
    {
        if (type == WireType.Null)
            return null;

        reader.ReadStart(type);
        var reference = ReadBody(ref reader, -1);
        reader.LeaveObject();
        return reference as T ?? throw Reader.Malformed($"a {reference.GetType()} where a {typeof(T)} should be");
    }

    public override void WriteBody(ref Writer writer, object value)
    {
        var reference = GrainReferenceCopier.Require(value);
        writer.WriteField(0, reference.GrainId.ToString());
        writer.WriteField(1, reference.InterfaceType.ToString());
    }

    public override object ReadBody(ref Reader reader, int number)
    {
        string? grain = null, @interface = null;
        while (reader.ReadHeader(out var id, out var type))
        {
            if (id == 0)
                grain = reader.ReadString(type);
            else if (id == 1)
                @interface = reader.ReadString(type);
            else
                reader.Skip(type);
        }

        if (!GrainId.TryParse(grain, out var grainId) || string.IsNullOrWhiteSpace(@interface))
            throw Reader.Malformed("a grain reference without a grain");
        if (_grains is null)
            throw new SerializerException("A grain reference can be read in a silo or a client only.");

        var reference = _grains.GetGrain(grainId, GrainInterfaceType.Create(@interface));
        reader.Record(number, reference);
        return reference;
    }
}

/// <summary>Shares grain references, and refuses grains themselves: they never leave their activation.</summary>
internal sealed class GrainReferenceCopier<T> : Copier<T?> where T : class
{
    public override T? DeepCopy(T? input, CopyContext context)
    {
        if (input is not null)
            GrainReferenceCopier.Require(input);

        return input;
    }
}

internal static class GrainReferenceCopier
{
    /// <exception cref="SerializerException">The value is no reference.</exception>
    public static GrainReference Require(object value) => value as GrainReference
        ?? throw new SerializerException($"A {value.GetType()} can't be passed on itself: pass a reference to it, by AsReference<T>().");
}
