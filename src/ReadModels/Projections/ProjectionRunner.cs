using Crescent.Domain;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Feeds one projection: a batch of events and the checkpoint behind them are one transaction, so that an event counts
/// once, whatever is delivered again.
/// </summary>
public sealed class ProjectionRunner(IProjection projection, ViewsDatabase views, IPersonalKeys keys, ProjectionProgress progress) : ISubscriber
{
    public string Name => projection.Name;

    /// <summary>The checkpoint; a read model left by another version of the projection is emptied and starts over.</summary>
    public async Task<long> ReadCheckpointAsync(CancellationToken ct)
    {
        var position = await views.Sqlite.WriteAsync(session =>
        {
            if (Checkpoints.Read(session, Name) is { } found && found.Version == projection.Version) return found.Position;
            StartOver(session);
            return 0;
        }, ct);
        progress.Report(Name, position);
        return position;
    }

    public async Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
    {
        var found = await keys.FindAsync(SubjectsOf(events), ct);
        var position = await views.Sqlite.WriteAsync(session => Apply(session, events, found), ct);
        progress.Report(Name, position);
    }

    /// <summary>Empties the read model; its subscription notices and begins again with the first event.</summary>
    public async Task RebuildAsync(CancellationToken ct)
    {
        await views.Sqlite.WriteAsync(StartOver, ct);
        progress.Report(Name, 0);
    }

    private long Apply(SqliteSession session, IReadOnlyList<RecordedEvent> events, IReadOnlyDictionary<string, PersonalKey> found)
    {
        var position = Checkpoints.Read(session, Name)?.Position ?? 0;
        var batch = new ProjectionBatch(session, found);
        foreach (var recorded in events)
        {
            if (recorded.Position <= position) continue;
            if (recorded.Position > position + 1) throw new ProjectionGapException(Name, position, recorded.Position);
            projection.Apply(batch, recorded);
            position = recorded.Position;
        }
        Checkpoints.Write(session, Name, projection.Version, position);
        return position;
    }

    private void StartOver(SqliteSession session)
    {
        projection.Clear(session);
        Checkpoints.Write(session, Name, projection.Version, 0);
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

/// <summary>Events were skipped: the read model was started over meanwhile, or the reader has lost its place. It reads its checkpoint anew.</summary>
public sealed class ProjectionGapException(string projection, long position, long next)
    : Exception($"The projection '{projection}' stands at position {position} and was given {next}; it goes on from its checkpoint.");
