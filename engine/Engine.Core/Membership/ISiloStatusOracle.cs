namespace Orleans.Runtime;

/// <summary>What a silo knows of itself and of the others.</summary>
public interface ISiloStatusOracle
{
    /// <summary>What this silo is; <see cref="SiloStatus.Dead"/> once it has left or was declared dead.</summary>
    SiloStatus CurrentStatus { get; }

    string SiloName { get; }

    SiloAddress SiloAddress { get; }

    /// <summary>What a silo was when this one last heard of it; <see cref="SiloStatus.None"/> if it never did.</summary>
    SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress);

    /// <inheritdoc cref="GetApproximateSiloStatus"/>
    /// <param name="onlyActive">Leaves out those that don't take grains.</param>
    Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false);

    bool IsDeadSilo(SiloAddress silo);
}
