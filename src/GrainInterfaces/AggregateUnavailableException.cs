namespace Crescent.GrainInterfaces;

/// <summary>
/// An aggregate could not be read or written within its bounds, or has too many commands waiting. The outcome of the
/// command is unknown: repeating it with the same command id is safe, and is the way to find out. What stood in the way
/// is in the silo's log: the exceptions of a store or a provider are types that callers do not have.
/// </summary>
[GenerateSerializer, Alias("crescent.AggregateUnavailableException")]
public sealed class AggregateUnavailableException : Exception
{
    /// <summary>An exception without words; serializers need it.</summary>
    public AggregateUnavailableException() { }

    /// <summary>An exception that says what could not be reached.</summary>
    public AggregateUnavailableException(string message) : base(message) { }

    /// <summary>An exception that says what could not be reached, and what stood in the way, which must be of a type that travels.</summary>
    public AggregateUnavailableException(string message, Exception? innerException) : base(message, innerException) { }
}
