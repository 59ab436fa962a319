using Crescent.Domain;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Feeds one projection for one term of its lease: what a batch of events changes and the checkpoint behind them are one
/// transaction, which is refused if anybody else has moved the checkpoint. So an event counts once, whatever is
/// delivered again and whoever believes to hold the lease.
/// </summary>
internal sealed class ProjectionRunner(
    IProjection projection, ViewsDatabase views, IPersonalKeys keys, ProjectionProgress progress, Lease? lease) : ISubscriber
{
    private long? _position;

    public string Name => projection.Name;

    /// <summary>The checkpoint; a read model left by another version of the projection is emptied and starts over.</summary>
    public async Task<long> ReadCheckpointAsync(CancellationToken ct)
    {
        var found = await views.ReadCheckpointAsync(Name, ct);
        var position = found?.Position ?? 0;
        if (found is { } other && other.Version != projection.Version)
        {
            await StartOverAsync(other, ct);
            position = 0;
        }

        Reach(position);
        return position;
    }

    public async Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
    {
        var from = _position ?? await ReadCheckpointAsync(ct);
        var fresh = events[0].Position > from ? events : [.. events.SkipWhile(recorded => recorded.Position <= from)];
        if (fresh.Count == 0) return;
        if (fresh[0].Position > from + 1) throw new ProjectionGapException(Name, from, fresh[0].Position);

        // Whatever goes wrong from here, what is stored decides how far it got.
        _position = null;
        var batch = new ProjectionBatch(views, fresh, await keys.FindAsync(SubjectsOf(fresh), ct));
        var to = fresh[^1].Position;
        await CommitAsync(At(from), At(to), await projection.ApplyAsync(batch, ct), ct);
        Reach(to);
    }

    /// <summary>Empties the read model; whoever feeds it notices and begins again with the first event.</summary>
    public async Task RebuildAsync(CancellationToken ct)
    {
        if (await views.ReadCheckpointAsync(Name, ct) is { } standing) await StartOverAsync(standing, ct);
        Reach(0);
    }

    private Task StartOverAsync(Checkpoint standing, CancellationToken ct) => CommitAsync(standing, At(0), projection.Clear(), ct);

    private async Task CommitAsync(Checkpoint from, Checkpoint to, IReadOnlyList<IRowWrite> writes, CancellationToken ct)
    {
        if (!await views.CommitAsync(new CheckpointMove(Name, from, to), lease, writes, ct))
            throw new CheckpointMovedException(Name, from.Position);
    }

    private Checkpoint At(long position) => new(projection.Version, position);

    private void Reach(long position)
    {
        _position = position;
        progress.Report(Name, position);
    }

    private static HashSet<string> SubjectsOf(IReadOnlyList<RecordedEvent> events)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recorded in events)
            if (recorded.Event is IPersonalData personal)
                subjects.Add(personal.SubjectId);
        return subjects;
    }
}

/// <summary>Events were skipped: the reader has lost its place. It reads its checkpoint anew.</summary>
internal sealed class ProjectionGapException(string projection, long position, long next)
    : Exception($"The projection '{projection}' stands at position {position} and was given {next}; it goes on from its checkpoint.");
