using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Serialization;
using Engine.CodeGeneration;

namespace Orleans.Serialization.Codecs;

// The serialization constructors are obsolete as a formatter's entry point; here they are the one way to set what an exception
// keeps beside its message, such as the name of a parameter.
#pragma warning disable SYSLIB0050, SYSLIB0051

/// <summary>
/// The codec of exceptions without a generated one, and the base part of generated ones. No constructor of theirs runs but the
/// one for serialization, if they have it.
/// </summary>
/// <remarks>
/// <code>
/// exception = field 0: type name, 1: message, 2: stack trace, 3: HResult, 4: inner exception, 5: source, 6: help link,
///             (field 7: key, field 8: value of Data)*, (field 9: name, field 10: value of what the type adds)*
/// </code>
/// </remarks>
internal sealed class ExceptionCodec<T> : ObjectCodec<T> where T : Exception
{
    private static readonly ConstructorInfo? s_constructor = typeof(T).GetConstructor(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(SerializationInfo), typeof(StreamingContext)]);

    private FieldCodec<Exception?> _exception = null!;
    private FieldCodec<object?> _any = null!;

    public override void Bind(CodecProvider codecs)
    {
        _exception = codecs.GetCodec<Exception?>();
        _any = codecs.GetCodec<object?>();
    }

    public override T Create() => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    public override void WriteFields(ref Writer writer, T value)
    {
        var type = value.GetType();
        writer.WriteField(0, value is UnavailableExceptionFallbackException fallback ? fallback.ExceptionType : type.FullName);
        writer.WriteField(1, ExceptionFields.Message(value));
        writer.WriteField(2, value.StackTrace);
        writer.WriteField(3, value.HResult);
        _exception.Write(ref writer, 4, value.InnerException);
        writer.WriteField(5, value.Source);
        writer.WriteField(6, value.HelpLink);
        foreach (DictionaryEntry entry in value.Data)
        {
            if (CanWrite(ref writer, entry.Key) && CanWrite(ref writer, entry.Value))
            {
                _any.Write(ref writer, 7, entry.Key);
                _any.Write(ref writer, 8, entry.Value);
            }
        }

        if (s_constructor is not null && type == typeof(T))
            WriteAdded(ref writer, value);
    }

    public override void ReadFields(ref Reader reader, T value, bool isBase)
    {
        var parts = new ExceptionParts();
        uint id;
        while (true)
        {
            // The parts of classes derived from this one are passed over, if this is not the class that was written.
            if (reader.ReadHeader(out id, out var type))
                ReadPart(ref reader, id, type, parts);
            else if (id == 0 || isBase)
                break;
        }

        if (isBase)
            Reader.RequireEndBase(id);
        else
            Construct(value, parts);

        parts.Fill(value);
        if (value is UnavailableExceptionFallbackException fallback)
            fallback.ExceptionType = parts.TypeName;
    }

    private static void Construct(T value, ExceptionParts parts)
    {
        if (s_constructor is null || value is UnavailableExceptionFallbackException)
            return;

        try
        {
            s_constructor.Invoke(value, [parts.ToInfo(typeof(T)), new StreamingContext(StreamingContextStates.CrossProcess)]);
        }
        catch (TargetInvocationException)
        {
            // Something that the type adds was left out by the sender: it keeps its default, and the exception gets through.
        }
    }

    private void ReadPart(ref Reader reader, uint id, WireType type, ExceptionParts parts)
    {
        switch (id)
        {
            case 0: parts.TypeName = reader.ReadString(type); break;
            case 1: parts.Message = reader.ReadString(type); break;
            case 2: parts.StackTrace = reader.ReadString(type); break;
            case 3: parts.HResult = reader.ReadInt32(type); break;
            case 4: parts.Inner = _exception.Read(ref reader, type); break;
            case 5: parts.Source = reader.ReadString(type); break;
            case 6: parts.HelpLink = reader.ReadString(type); break;
            case 7: parts.Data.Add(new(_any.Read(ref reader, type) ?? throw Reader.Malformed("a key is missing"), null)); break;
            case 8: ExceptionParts.SetLast(parts.Data, _any.Read(ref reader, type)); break;
            case 9: parts.Added.Add(new(reader.ReadString(type) ?? throw Reader.Malformed("a name is missing"), null)); break;
            case 10: ExceptionParts.SetLast(parts.Added, _any.Read(ref reader, type)); break;
            default: reader.Skip(type); break;
        }
    }

    private void WriteAdded(ref Writer writer, T value)
    {
        var info = new SerializationInfo(typeof(T), new FormatterConverter());
        value.GetObjectData(info, new StreamingContext(StreamingContextStates.CrossProcess));
        foreach (var entry in info)
        {
            if (ExceptionParts.IsAdded(entry.Name) && CanWrite(ref writer, entry.Value))
            {
                writer.WriteField(9, entry.Name);
                _any.Write(ref writer, 10, entry.Value);
            }
        }
    }

    /// <summary>Whatever has no codec is left out: an exception must get through to where it is handled.</summary>
    private static bool CanWrite(ref Writer writer, object? value) => value is null || writer.Codecs.CanSerialize(value.GetType());
}

/// <summary>What was read of an exception.</summary>
internal sealed class ExceptionParts
{
    private static readonly HashSet<string> s_base = new(StringComparer.Ordinal)
    {
        "ClassName", "Message", "Data", "InnerException", "HelpURL", "StackTraceString", "RemoteStackTraceString",
        "RemoteStackIndex", "ExceptionMethod", "HResult", "Source", "WatsonBuckets",
    };

    public string? TypeName { get; set; }
    public string? Message { get; set; }
    public string? StackTrace { get; set; }
    public int HResult { get; set; }
    public Exception? Inner { get; set; }
    public string? Source { get; set; }
    public string? HelpLink { get; set; }
    public List<KeyValuePair<object, object?>> Data { get; } = [];
    public List<KeyValuePair<string, object?>> Added { get; } = [];

    /// <summary>Whether an entry is one that the type adds to those of every exception.</summary>
    public static bool IsAdded(string name) => !s_base.Contains(name);

    public static void SetLast<TKey>(List<KeyValuePair<TKey, object?>> entries, object? value)
    {
        if (entries.Count == 0)
            throw Reader.Malformed("a value without a key");

        entries[^1] = new(entries[^1].Key, value);
    }

    public SerializationInfo ToInfo(Type type)
    {
        var info = new SerializationInfo(type, new FormatterConverter());
        info.AddValue("ClassName", type.FullName);
        info.AddValue("Message", Message);
        info.AddValue("Data", null, typeof(IDictionary));
        info.AddValue("InnerException", Inner, typeof(Exception));
        info.AddValue("HelpURL", HelpLink);
        info.AddValue("StackTraceString", null, typeof(string));
        info.AddValue("RemoteStackTraceString", null, typeof(string));
        info.AddValue("RemoteStackIndex", 0);
        info.AddValue("ExceptionMethod", null, typeof(string));
        info.AddValue("HResult", HResult);
        info.AddValue("Source", Source);
        info.AddValue("WatsonBuckets", null, typeof(byte[]));
        foreach (var (name, value) in Added.DistinctBy(a => a.Key))
        {
            if (IsAdded(name))
                info.AddValue(name, value, value?.GetType() ?? typeof(object));
        }

        return info;
    }

    public void Fill(Exception exception)
    {
        ExceptionFields.Message(exception) = Message;
        ExceptionFields.Inner(exception) = Inner;
        exception.HResult = HResult;
        exception.Source = Source;
        exception.HelpLink = HelpLink;
        if (!string.IsNullOrEmpty(StackTrace))
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, StackTrace);

        foreach (var (key, value) in Data)
            exception.Data[key] = value;
    }
}

internal static class ExceptionFields
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    public static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    public static extern ref Exception? Inner(Exception exception);
}
