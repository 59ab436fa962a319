namespace Orleans.Serialization;

/// <summary>Stands for an exception whose type is not known in this host.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    public UnavailableExceptionFallbackException()
    {
    }

    public UnavailableExceptionFallbackException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>The name of the original type.</summary>
    public string? ExceptionType { get; internal set; }

    public override string ToString() => $"Unknown exception type {ExceptionType}: {base.ToString()}";
}
