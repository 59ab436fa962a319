using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Turns events into the rows of one read model. It knows nothing but the events and its own rows, so that a rebuild
/// from the first event gives the same rows.
/// </summary>
internal interface IProjection
{
    /// <summary>Its name in checkpoints, leases, logs and the admin API; never changes.</summary>
    string Name { get; }

    /// <summary>Raised whenever the same events give other rows than before; the read model is then built anew.</summary>
    int Version { get; }

    /// <summary>What deletes all rows.</summary>
    IReadOnlyList<IRowWrite> Clear();

    /// <summary>
    /// What the events change, in the order in which it is to be written; events it has no interest in change nothing.
    /// Nobody else changes the rows it reads between here and the commit, or the commit is refused.
    /// </summary>
    Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct);
}
