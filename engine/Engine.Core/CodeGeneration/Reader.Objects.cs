using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Serialization.Session;

namespace Engine.CodeGeneration;

public ref partial struct Reader
{
    /// <summary>Passes over a field that is not known here.</summary>
    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.VarInt or WireType.Reference:
                ReadVarUInt64();
                break;
            case WireType.Fixed32:
                SkipBytes(sizeof(uint));
                break;
            case WireType.Fixed64:
                SkipBytes(sizeof(ulong));
                break;
            case WireType.Bytes:
                SkipBytes(ReadLength());
                break;
            case WireType.Null:
                break;
            case WireType.Object:
                SkipObject();
                break;
            default:
                throw Malformed("an end where a value should be");
        }
    }

    /// <summary>
    /// Passes over an object. What it contains still gets its numbers, and where it began is kept: a known field may refer to it.
    /// </summary>
    private void SkipObject()
    {
        var skipped = new SkippedObject(Position, Session.TypeCount);
        if (ReadType(out _))
            Session.ReserveNumber(skipped);

        EnterObject();
        while (ReadVarUInt32() is var header && (header != (uint)WireType.End))
        {
            if ((header & 7) != (uint)WireType.End)
                Skip((WireType)(header & 7));
        }

        LeaveObject();
    }

    /// <summary>Reads the beginning of an object.</summary>
    /// <param name="actual">Its type if it is not the field's own.</param>
    /// <returns>The number under which the object has to be recorded, or -1.</returns>
    public int ReadStart(out Type? actual)
    {
        var tracked = ReadType(out var type);
        actual = type < 0 ? null : Session.ResolveType(type);
        EnterObject();
        return tracked ? Session.ReserveNumber(null) : -1;
    }

    /// <summary>Reads the beginning of a value whose type is the field's own.</summary>
    public void ReadStart(WireType type)
    {
        Require(type, WireType.Object);
        if (ReadStart(out var actual) >= 0 || actual is not null)
            throw Malformed("a plain value has a type or a number");
    }

    /// <summary>Makes an object known to later references.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Record(int number, object value)
    {
        if (number >= 0)
            Session.Record(number, value);
    }

    /// <summary>Leaves an object whose end has been read.</summary>
    public readonly void LeaveObject() => Session.Depth--;

    /// <summary>Reads a reference to an object that was read, or skipped, before.</summary>
    public T ReadReference<T>(FieldCodec<T> codec)
    {
        var number = ReadVarUInt32();
        switch (Session.GetReference(number))
        {
            case SkippedObject skipped:
                return ReadSkipped(codec, (int)number, skipped);
            case T value:
                return value;
            case null:
                throw Malformed("a reference to nothing");
            case var other:
                throw Malformed($"a reference to a {other.GetType()} where a {typeof(T)} should be");
        }
    }

    private readonly T ReadSkipped<T>(FieldCodec<T> codec, int number, SkippedObject skipped)
    {
        var state = Session.Rewind(number, skipped.TypeCount);
        var value = At(skipped.Position).ReadAs(codec);
        Session.Resume(state);
        return value;
    }

    private T ReadAs<T>(FieldCodec<T> codec) => codec.Read(ref this, WireType.Object)!;

    /// <summary>Reads the object of another type than the field's.</summary>
    public T ReadPolymorphic<T>(Type actual, int number)
    {
        var value = Codecs.GetCodec(actual).ReadBody(ref this, number);
        LeaveObject();
        return value is T expected ? expected : throw Malformed($"a {actual} where a {typeof(T)} should be");
    }

    /// <param name="type">The type's place in the session; -1 for the field's own type.</param>
    private bool ReadType(out int type)
    {
        var flags = ReadVarUInt32();
        type = (flags >> 1) switch
        {
            0 => -1,
            1 => ReadTypeName(),
            var number => Session.FindType(number),
        };
        return (flags & 1) != 0;
    }

    private int ReadTypeName()
    {
        var length = ReadLength();
        if (length > SerializerSession.MaxTypeName)
            throw Malformed("the name of a type is too long");

        Span<byte> bytes = stackalloc byte[length];
        ReadRaw(bytes);
        Span<char> name = stackalloc char[length];
        return Session.AddType(name[..Encoding.UTF8.GetChars(bytes, name)]);
    }

    private readonly void EnterObject()
    {
        if (!Session.TryEnter())
            throw Malformed(SerializerSession.TooDeep);
    }
}
