namespace Orleans.Serialization;

/// <summary>Something could not be written, read or copied.</summary>
public class SerializerException : Exception
{
    public SerializerException()
    {
    }

    public SerializerException(string message) : base(message)
    {
    }

    public SerializerException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>There is no codec or copier for a type.</summary>
public sealed class CodecNotFoundException(string message) : SerializerException(message);

/// <summary>The input names a type that is not known in this host; it is never loaded.</summary>
public sealed class IllegalTypeException(string typeName) : SerializerException($"The type '{typeName}' is neither generated, nor registered, nor well known: it is refused.")
{
    public string TypeName { get; } = typeName;
}
