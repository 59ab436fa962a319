namespace Orleans.Runtime;

/// <summary>What the cluster's silos host. Its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and their states.</summary>
    /// <param name="onlyActive">Leaves out those that don't take calls.</param>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>The silos with all that the membership table says of them.</summary>
    /// <param name="onlyActive">Leaves out those that don't take calls.</param>
    Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false);

    /// <summary>How many activations of each grain class each active silo has.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <inheritdoc cref="GetSimpleGrainStatistics()"/>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <summary>The activations, one by one.</summary>
    /// <param name="types">Grain classes as <see cref="DetailedGrainStatistic.GrainType"/> names them; null for all.</param>
    /// <param name="hostsIds">The silos to ask; null for all active ones.</param>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>How many activations a grain has; it has more than one only for a short time.</summary>
    Task<int> GetGrainActivationCount(GrainReference grainReference);

    /// <summary>How many activations the active silos have together.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>The silo that has the grain's activation; null if it is not active.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>The ids of the active grains of a type.</summary>
    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);

    /// <summary>Deactivates what has been idle for at least that long, and completes when that is done.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    /// <inheritdoc cref="ForceActivationCollection(TimeSpan)"/>
    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);
}
