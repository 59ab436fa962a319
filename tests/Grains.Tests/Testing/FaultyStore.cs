using Crescent.EventStore;

namespace Crescent.Grains.Tests.Testing;

/// <summary>An event store that counts appends, and around them does what a test tells it.</summary>
sealed class FaultyStore(IEventStore store) : IEventStore
{
    int _appends;
    int _snapshotRequests;
    int _snapshotReads;
    int _snapshotWrites;

    public int Appends => Volatile.Read(ref _appends);

    public int SnapshotsAskedFor => Volatile.Read(ref _snapshotRequests);

    public int SnapshotsRead => Volatile.Read(ref _snapshotReads);

    public int SnapshotsWritten => Volatile.Read(ref _snapshotWrites);

    /// <summary>Awaited before each append; may throw.</summary>
    public Func<AppendRequest, Task>? BeforeAppend { get; set; }

    /// <summary>Awaited after each append that the store has carried out; may throw, and then the answer is lost.</summary>
    public Func<AppendRequest, Task>? AfterAppend { get; set; }

    /// <summary>Awaited before each read of a stream; may throw.</summary>
    public Func<StreamName, Task>? BeforeRead { get; set; }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        if (BeforeAppend is { } before) await before(request);
        var result = await store.AppendAsync(request, ct);
        if (result is AppendResult.Appended) Interlocked.Increment(ref _appends);
        if (AfterAppend is { } after) await after(request);
        return result;
    }

    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default)
    {
        if (BeforeRead is { } before) await before(stream);
        return await store.ReadStreamAsync(stream, afterVersion, maxCount, ct);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default) =>
        store.ReadLogAsync(afterPosition, maxCount, ct);

    public Task<long> ReadHeadAsync(CancellationToken ct = default) => store.ReadHeadAsync(ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        store.ReadCommandAsync(stream, commandId, ct);

    public async Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class
    {
        Interlocked.Increment(ref _snapshotRequests);
        var snapshot = await store.ReadSnapshotAsync<TState>(stream, ct);
        if (snapshot is not null) Interlocked.Increment(ref _snapshotReads);
        return snapshot;
    }

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class
    {
        Interlocked.Increment(ref _snapshotWrites);
        return store.WriteSnapshotAsync(snapshot, ct);
    }
}
