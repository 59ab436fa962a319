using Crescent.EventStore;

namespace Crescent.Grains.EventSourcing;

sealed partial class JournalStorage<TState, TEvent>
{
    long? _snapshotTakenAt;
    Task _snapshot = Task.CompletedTask;

    /// <summary>Completes when the snapshot that is still due is written.</summary>
    public async Task FinishSnapshotsAsync()
    {
        await _snapshot;
        if (IsSnapshotDue && Broken is null) TakeSnapshot();
        await _snapshot;
    }

    bool IsSnapshotDue => options.SnapshotEvery > 0 && _version / options.SnapshotEvery != _snapshotVersion / options.SnapshotEvery;

    bool HasSnapshotInterval => _snapshotTakenAt is not { } before || time.GetElapsedTime(before) >= options.SnapshotInterval;

    void TakeSnapshotIfDue()
    {
        if (IsSnapshotDue && HasSnapshotInterval && _snapshot.IsCompleted) TakeSnapshot();
    }

    /// <summary>Off the grain's scheduler, because encoding a large state takes its time and the state never changes.</summary>
    void TakeSnapshot()
    {
        (_snapshotVersion, _snapshotTakenAt) = (_version, time.GetTimestamp());
        var snapshot = new Snapshot<TState>(stream, _version, _state);
        _snapshot = Task.Run(() => WriteSnapshotAsync(snapshot));
    }

    /// <summary>Never fails: a snapshot that was not written is written at the next multiple.</summary>
    async Task WriteSnapshotAsync(Snapshot<TState> snapshot)
    {
        using var limit = Limit(options.AppendTimeout);
        try
        {
            await store.WriteSnapshotAsync(snapshot, limit.Token);
        }
        catch (Exception e)
        {
            LogSnapshotFailed(stream, snapshot.Version, e);
        }
    }
}
