namespace Orleans.Runtime;

/// <summary>The cluster as this silo knows it.</summary>
internal interface IClusterViews
{
    ClusterView Current { get; }

    /// <summary>This silo has lost the membership table for so long that others may have given it up: it answers nothing until it has read that it still belongs to them.</summary>
    bool IsSuspended { get; }

    /// <summary>Whether a silo no longer writes into the table that it lives: it has crashed, or is suspended, and nobody has declared it dead yet.</summary>
    bool HasStoppedWriting(SiloAddress silo) => false;

    /// <summary>Raised one at a time, in the order of versions, after <see cref="Current"/> has changed. Handlers must not block or throw.</summary>
    event Action<ClusterView>? Changed;

    /// <summary>Completes when <see cref="Current"/> has at least that version, or when the table was read and has none as new.</summary>
    ValueTask RefreshAsync(long atLeast, CancellationToken cancellationToken);
}

/// <summary>Keeps a grain from being activated here while its former owner may still have it.</summary>
internal interface IHandOver
{
    /// <summary>Null if the grain may be activated here now; else completes when every live silo has installed the view in which it moved here, or after the hand-over timeout. It never fails.</summary>
    Task? Gate(GrainId grain);
}
