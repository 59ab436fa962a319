using Crescent.EventStore;
using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Turns events into the rows of one read model. It knows nothing but the events and its own rows, so that a rebuild
/// from the first event gives the same rows.
/// </summary>
public interface IProjection
{
    /// <summary>Its name in checkpoints, logs and the admin API; never changes.</summary>
    string Name { get; }

    /// <summary>Raised whenever the same events give other rows than before; the read model is then built anew.</summary>
    int Version { get; }

    /// <summary>Deletes all rows.</summary>
    void Clear(SqliteSession session);

    /// <summary>Applies one event; events it has no interest in change nothing.</summary>
    void Apply(ProjectionBatch batch, RecordedEvent recorded);
}
