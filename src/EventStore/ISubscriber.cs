namespace Crescent.EventStore;

/// <summary>
/// A consumer of the log. It keeps its checkpoint (the position it has applied) in one transaction with its effect,
/// so a batch that failed half-way or was delivered again changes nothing twice.
/// </summary>
public interface ISubscriber
{
    /// <summary>The name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>The last position applied; 0 to start from the beginning. Asked at the start and after every failure.</summary>
    Task<long> ReadCheckpointAsync(CancellationToken ct);

    /// <summary>Applies consecutive events and moves the checkpoint to the last one's position.</summary>
    Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct);
}
