namespace Crescent.EventStore.Tests.Sqlite;

/// <summary>A decorator like the ones that stop a process before or after its n-th commit.</summary>
sealed class CountingStore(IEventStore inner) : IEventStore
{
    public int Appends { get; private set; }

    public int LogReads { get; private set; }

    /// <summary>What reading the log throws, if anything.</summary>
    public Exception? Failure { get; set; }

    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        Appends++;
        return inner.AppendAsync(request, ct);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default) =>
        inner.ReadStreamAsync(stream, afterVersion, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default)
    {
        LogReads++;
        return Failure is null ? inner.ReadLogAsync(afterPosition, maxCount, ct) : Task.FromException<IReadOnlyList<RecordedEvent>>(Failure);
    }

    public Task<long> ReadHeadAsync(CancellationToken ct = default) => inner.ReadHeadAsync(ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        inner.ReadCommandAsync(stream, commandId, ct);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class =>
        inner.ReadSnapshotAsync<TState>(stream, ct);

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class =>
        inner.WriteSnapshotAsync(snapshot, ct);
}
