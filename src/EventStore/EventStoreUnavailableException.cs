namespace Crescent.EventStore;

/// <summary>
/// The store could not be reached within its bounds. For an append the outcome is unknown: submitting the same batch
/// again at the same expected version finds out.
/// </summary>
public sealed class EventStoreUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
