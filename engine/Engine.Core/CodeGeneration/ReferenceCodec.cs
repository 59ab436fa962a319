namespace Engine.CodeGeneration;

/// <summary>The codec of a class: values may be null, of a derived type, or occur more than once.</summary>
public abstract class ReferenceCodec<T> : FieldCodec<T?> where T : class
{
    private static readonly bool s_sealed = typeof(T).IsSealed;

    public override bool IsTracked => true;

    public sealed override void Write(ref Writer writer, uint id, T? value)
    {
        if (value is null)
        {
            writer.WriteNull(id);
            return;
        }

        if (!s_sealed && value.GetType() != typeof(T))
        {
            writer.WritePolymorphic(id, value);
            return;
        }

        if (!IsTracked)
            writer.WriteStart(id);
        else if (!writer.TryWriteStart(id, value))
            return;

        WriteContent(ref writer, value);
        writer.WriteEndObject();
    }

    public sealed override T? Read(ref Reader reader, WireType type)
    {
        if (type == WireType.Null)
            return null;
        if (type == WireType.Reference)
            return reader.ReadReference(this);

        Reader.Require(type, WireType.Object);
        var number = reader.ReadStart(out var actual);
        if (actual is not null && actual != typeof(T))
            return reader.ReadPolymorphic<T>(actual, number);

        var value = ReadContent(ref reader, number);
        reader.LeaveObject();
        return value;
    }

    public sealed override void WriteBody(ref Writer writer, object value) => WriteContent(ref writer, (T)value);
    public sealed override object ReadBody(ref Reader reader, int number) => ReadContent(ref reader, number);

    /// <summary>Writes what an object of exactly this type contains.</summary>
    protected abstract void WriteContent(ref Writer writer, T value);

    /// <summary>Reads an object with its end, and records it under its number as soon as it can be referred to.</summary>
    protected abstract T ReadContent(ref Reader reader, int number);
}

/// <summary>The codec of a class whose objects are created first and filled then, so that they may contain each other.</summary>
public abstract class ObjectCodec<T> : ReferenceCodec<T> where T : class
{
    /// <summary>Writes the fields, those of base classes first.</summary>
    public abstract void WriteFields(ref Writer writer, T value);

    /// <summary>Reads the fields up to the object's end, or, of a base class, up to the end of its part.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="value">The object to fill.</param>
    /// <param name="isBase">Whether this is the part of a base class.</param>
    public abstract void ReadFields(ref Reader reader, T value, bool isBase);

    /// <summary>Creates an object to fill.</summary>
    public abstract T Create();

    protected sealed override void WriteContent(ref Writer writer, T value) => WriteFields(ref writer, value);

    protected sealed override T ReadContent(ref Reader reader, int number)
    {
        var value = Create();
        reader.Record(number, value);
        ReadFields(ref reader, value, isBase: false);
        return value;
    }
}
