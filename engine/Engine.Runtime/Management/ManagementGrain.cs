namespace Orleans.Runtime;

/// <summary>Asks the silos; there is one.</summary>
internal sealed class ManagementGrain(SiloInspection silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [silo.SiloAddress] = SiloStatus.Active });

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([silo.SiloAddress]);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        Task.FromResult(Asked(hostsIds).SelectMany(asked => asked.CountByClass()).ToArray());

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) =>
        Task.FromResult(Asked(hostsIds).SelectMany(asked => asked.List(types)).ToArray());

    public Task<int> GetGrainActivationCount(GrainReference grainReference) => Task.FromResult(silo.HasActivation(grainReference.GrainId) ? 1 : 0);

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.ActivationCount);

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        ValueTask.FromResult(silo.HasActivation(reference.GetGrainId()) ? silo.SiloAddress : null);

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) => ValueTask.FromResult(silo.Active(type).ToList());

    public Task ForceActivationCollection(TimeSpan ageLimit) => silo.Collect(ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) => Task.WhenAll(Asked(hostsIds).Select(asked => asked.Collect(ageLimit)));

    /// <summary>Those of the addressed silos that are there.</summary>
    private IEnumerable<SiloInspection> Asked(SiloAddress[]? addresses) => addresses is null || addresses.Contains(silo.SiloAddress) ? [silo] : [];
}
