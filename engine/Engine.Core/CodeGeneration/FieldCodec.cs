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
