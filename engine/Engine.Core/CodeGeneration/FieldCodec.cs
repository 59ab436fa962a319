using System.Runtime.CompilerServices;

namespace Engine.CodeGeneration;

/// <summary>Writes and reads the values of one type. One instance a host; <see cref="Bind"/> gives it the codecs it needs.</summary>
public abstract class FieldCodec
{
    /// <summary>The type of the values.</summary>
    public abstract Type Type { get; }

    /// <summary>The type that is named on the wire where the field's own type doesn't tell.</summary>
    public virtual Type WireIdentity => Type;

    /// <summary>Whether objects get a number, by which they are referred to when they occur again.</summary>
    public virtual bool IsTracked => false;

    /// <summary>Finds the codecs of the members. They may not be bound yet: types can contain each other.</summary>
    public virtual void Bind(CodecProvider codecs)
    {
    }

    /// <summary>Writes the fields of a value, after its beginning and before its end.</summary>
    public abstract void WriteBody(ref Writer writer, object value);

    /// <summary>Reads what follows the beginning of a value, with its end.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="number">The number to record the object under, or -1.</param>
    public abstract object ReadBody(ref Reader reader, int number);
}

/// <inheritdoc/>
public abstract class FieldCodec<T> : FieldCodec
{
    public sealed override Type Type => typeof(T);

    /// <summary>Writes a value as the field with that id.</summary>
    public abstract void Write(ref Writer writer, uint id, T value);

    /// <summary>Reads the content of a field whose header has been read.</summary>
    public abstract T Read(ref Reader reader, WireType type);

    /// <remarks>A value that is no object of its own is wrapped: it is field 0 of an object.</remarks>
    public override void WriteBody(ref Writer writer, object value) => Write(ref writer, 0, (T)value);

    public override object ReadBody(ref Reader reader, int number)
    {
        object? value = null;
        while (reader.ReadHeader(out var id, out var type))
        {
            if (id == 0)
                value = Read(ref reader, type);
            else
                reader.Skip(type);
        }

        value ??= default(T) ?? throw Reader.Malformed("a value is missing");
        reader.Record(number, value);
        return value;
    }
}

/// <summary>The codec of a value type with fields.</summary>
public abstract class StructCodec<T> : FieldCodec<T> where T : struct
{
    public abstract void WriteFields(ref Writer writer, ref T value);
    public abstract void ReadFields(ref Reader reader, ref T value);

    public sealed override void Write(ref Writer writer, uint id, T value)
    {
        writer.WriteStart(id);
        WriteFields(ref writer, ref value);
        writer.WriteEndObject();
    }

    public sealed override T Read(ref Reader reader, WireType type)
    {
        reader.ReadStart(type);
        T value = default;
        ReadFields(ref reader, ref value);
        reader.LeaveObject();
        return value;
    }

    public sealed override void WriteBody(ref Writer writer, object value) => WriteFields(ref writer, ref Unsafe.Unbox<T>(value));

    public sealed override object ReadBody(ref Reader reader, int number)
    {
        object value = default(T);
        reader.Record(number, value);
        ReadFields(ref reader, ref Unsafe.Unbox<T>(value));
        return value;
    }
}

/// <summary>The codec of a class: objects are created first and filled then, so that they may contain each other.</summary>
public abstract class ObjectCodec<T> : FieldCodec<T?> where T : class
{
    private static readonly bool s_sealed = typeof(T).IsSealed;

    /// <summary>Writes the fields, those of base classes first.</summary>
    public abstract void WriteFields(ref Writer writer, T value);

    /// <summary>Reads the fields up to the object's end, or, of a base class, up to the end of its part.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="value">The object to fill.</param>
    /// <param name="isBase">Whether this is the part of a base class.</param>
    public abstract void ReadFields(ref Reader reader, T value, bool isBase);

    /// <summary>Creates an object to fill.</summary>
    public abstract T Create();

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

        WriteFields(ref writer, value);
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

        var value = ReadNew(ref reader, number);
        reader.LeaveObject();
        return value;
    }

    public sealed override void WriteBody(ref Writer writer, object value) => WriteFields(ref writer, (T)value);
    public sealed override object ReadBody(ref Reader reader, int number) => ReadNew(ref reader, number);

    private T ReadNew(ref Reader reader, int number)
    {
        var value = Create();
        reader.Record(number, value);
        ReadFields(ref reader, value, isBase: false);
        return value;
    }
}
