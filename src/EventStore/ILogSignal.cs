namespace Crescent.EventStore;

/// <summary>Wakes readers of this process when the log has grown. A hint only: a reader must poll as well.</summary>
public interface ILogSignal
{
    /// <summary>The highest position known to be committed.</summary>
    long Head { get; }

    /// <summary>Completes as soon as the head is beyond <paramref name="position"/>.</summary>
    Task WaitBeyondAsync(long position, CancellationToken ct = default);
}
