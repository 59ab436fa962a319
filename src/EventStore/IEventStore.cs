namespace Crescent.EventStore;

/// <summary>
/// The log of everything that happened: streams with optimistic concurrency, and one total order over all of them.
/// Every member throws <see cref="EventStoreUnavailableException"/> when the store stays out of reach.
/// </summary>
public interface IEventStore : IEventReader
{
    /// <summary>
    /// Appends a batch durably. Succeeds as well when the very same batch already stands at its expected version, so
    /// a caller that lost the answer submits it again. A batch that was committed is never reported as failed.
    /// </summary>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default);

    /// <summary>The last committed position; 0 for an empty log.</summary>
    Task<long> ReadHeadAsync(CancellationToken ct = default);

    /// <summary>The events a command left in a stream, in version order; none if it was never accepted there.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default);

    /// <summary>The snapshot of a stream, unless there is none or it was written with another schema of the state type.</summary>
    Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class;

    /// <summary>Keeps a snapshot, unless one of a later version is there.</summary>
    Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class;
}
