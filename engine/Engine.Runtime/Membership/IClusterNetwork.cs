namespace Orleans.Runtime;

/// <summary>What membership and hand-over say to other silos.</summary>
internal interface IClusterNetwork
{
    /// <summary>Whether the silo answers within that time; never fails. What it tells of itself goes to the <see cref="IClusterListener"/>.</summary>
    Task<bool> ProbeAsync(SiloAddress target, TimeSpan timeout);

    /// <summary>Whether the silo answers another one.</summary>
    Task<bool> ProbeThroughAsync(SiloAddress other, SiloAddress target, TimeSpan timeout);

    /// <summary>Tells of a version of the table.</summary>
    void Gossip(SiloAddress target, long version);

    /// <summary>Tells that this silo holds no grain any longer that it lost in that version of the table or before.</summary>
    void Announce(SiloAddress target, long installed);

    /// <summary>Begins to hear others.</summary>
    void Listen(IClusterListener listener);
}

/// <summary>Whom <see cref="IClusterNetwork"/> brings what others say.</summary>
internal interface IClusterListener
{
    /// <summary>What this silo answers to a probe; null for nothing, because it is suspended.</summary>
    Progress? Current { get; }

    void Heard(SiloAddress from, Progress progress);
}

/// <summary>How far a silo is.</summary>
/// <param name="Version">The table's version that it knows; 0 if it doesn't say.</param>
/// <param name="Installed">The version for which it has let go of what it lost; 0 if it doesn't say.</param>
internal readonly record struct Progress(long Version, long Installed);
