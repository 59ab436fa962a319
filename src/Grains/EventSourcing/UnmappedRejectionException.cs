namespace Crescent.Grains.EventSourcing;

/// <summary>A reason of the domain that no contract has a word for: a bug, found by the test that maps them all.</summary>
[GenerateSerializer, Alias("crescent.UnmappedRejectionException")]
public sealed class UnmappedRejectionException : Exception
{
    public UnmappedRejectionException() { }

    public UnmappedRejectionException(string message) : base(message) { }

    public UnmappedRejectionException(string message, Exception innerException) : base(message, innerException) { }

    public UnmappedRejectionException(Enum rejection) : base($"{rejection.GetType().Name}.{rejection} has no counterpart in the grain's contract.") { }
}
