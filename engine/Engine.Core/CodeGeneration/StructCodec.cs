using System.Runtime.CompilerServices;

namespace Engine.CodeGeneration;

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
