using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Asks the silos; it may be on any of them.</summary>
internal sealed class ManagementGrain(ClusterInspection cluster, IServiceProvider services) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(cluster.View.Members.Where(silo => !onlyActive || silo.Status == SiloStatus.Active).ToDictionary(silo => silo.Address, silo => silo.Status));

    public async Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false)
    {
        // The table knows more than the view that was made of it: the signs of life and the votes.
        IEnumerable<MembershipEntry> rows = services.GetService<IMembershipTable>() is { } table
            ? (await table.ReadAll()).Members.Select(row => row.Item1)
            : cluster.View.Members.Select(RowOf);
        return [.. rows.Where(row => !onlyActive || row.Status == SiloStatus.Active)];
    }

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Simple(null);

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) => Simple(hostsIds);

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null)
    {
        var lists = await cluster.AskAllAsync<DetailedGrainStatistic[]>(hostsIds, new() { Topic = InspectionTopic.List, Classes = types });
        return [.. lists.SelectMany(list => list)];
    }

    public async Task<int> GetGrainActivationCount(GrainReference grainReference)
    {
        var answers = await cluster.AskAllAsync<bool>(null, new() { Topic = InspectionTopic.HasActivation, Grain = grainReference.GrainId });
        return answers.Count(isThere => isThere);
    }

    public async Task<int> GetTotalActivationCount() => (await cluster.AskAllAsync<int>(null, new() { Topic = InspectionTopic.Count })).Sum();

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        var grain = reference.GetGrainId();
        return cluster.View.OwnerOf(grain) is { } owner && await cluster.AskAsync<bool>(owner, new() { Topic = InspectionTopic.HasActivation, Grain = grain }) ? owner : null;
    }

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type)
    {
        var lists = await cluster.AskAllAsync<GrainId[]>(null, new() { Topic = InspectionTopic.Active, Type = type });
        return [.. lists.SelectMany(list => list)];
    }

    public Task ForceActivationCollection(TimeSpan ageLimit) => Collect(null, ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) => Collect(hostsIds, ageLimit);

    private static MembershipEntry RowOf(SiloMember silo) => new()
    {
        SiloAddress = silo.Address,
        SiloName = silo.Name,
        HostName = silo.HostName,
        Status = silo.Status,
        ProxyPort = silo.ProxyPort,
        StartTime = silo.StartTime,
        IAmAliveTime = silo.StartTime,
    };

    private async Task<SimpleGrainStatistic[]> Simple(SiloAddress[]? silos)
    {
        var counts = await cluster.AskAllAsync<SimpleGrainStatistic[]>(silos, new() { Topic = InspectionTopic.CountByClass });
        return [.. counts.SelectMany(count => count)];
    }

    private Task<bool[]> Collect(SiloAddress[]? silos, TimeSpan age) => cluster.AskAllAsync<bool>(silos, new() { Topic = InspectionTopic.Collect, Age = age });
}
