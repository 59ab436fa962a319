namespace Crescent.Domain;

/// <summary>
/// An event that can't follow the state it meets: a bug in a decider or a damaged stream. Names types only, because
/// events carry personal data.
/// </summary>
public sealed class ImpossibleEventException : Exception
{
    public ImpossibleEventException()
    {
    }

    public ImpossibleEventException(string message) : base(message)
    {
    }

    public ImpossibleEventException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public ImpossibleEventException(string aggregate, object status, IDomainEvent impossible)
        : base($"{impossible.GetType().Name} can't happen to a {aggregate} that is {status}.")
    {
    }
}
