namespace Crescent.EventStore.Tests.Sqlite;

/// <summary>A decorator like the ones that stop a process before or after its n-th commit.</summary>
sealed class CountingStore(IEventStore inner) : IEventStore
{
    public int Appends { get; private set; }

    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        Appends++;
        return inner.AppendAsync(request, ct);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default) =>
        inner.ReadStreamAsync(stream, afterVersion, maxCount, ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default) =>
        inner.ReadLogAsync(afterPosition, maxCount, ct);

    public Task<long> ReadHeadAsync(CancellationToken ct = default) => inner.ReadHeadAsync(ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        inner.ReadCommandAsync(stream, commandId, ct);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class =>
        inner.ReadSnapshotAsync<TState>(stream, ct);

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class =>
        inner.WriteSnapshotAsync(snapshot, ct);
}
