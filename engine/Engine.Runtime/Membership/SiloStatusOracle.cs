using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>The cluster as applications ask for it.</summary>
internal sealed class SiloStatusOracle(IClusterViews views, ILocalSiloDetails silo) : ISiloStatusOracle, IClusterMembershipService
{
    private ClusterMembershipSnapshot? _snapshot;

    public SiloStatus CurrentStatus => GetApproximateSiloStatus(silo.SiloAddress);

    public string SiloName => silo.Name;

    public SiloAddress SiloAddress => silo.SiloAddress;

    public ClusterMembershipSnapshot CurrentSnapshot
    {
        get
        {
            var view = views.Current;
            var snapshot = _snapshot;
            if (snapshot?.Version.Value != view.Version)
            {
                snapshot = new(view.Members.ToImmutableDictionary(member => member.Address, member => new ClusterMember(member.Address, member.Status, member.Name)), new(view.Version));
                _snapshot = snapshot;
            }

            return snapshot;
        }
    }

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) =>
        views.Current.Find(siloAddress) is { } member ? member.Status : views.Current.IsDead(siloAddress) ? SiloStatus.Dead : SiloStatus.None;

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) =>
        views.Current.Members.Where(member => !onlyActive || member.Status == SiloStatus.Active).ToDictionary(member => member.Address, member => member.Status);

    public bool IsDeadSilo(SiloAddress silo) => views.Current.IsDead(silo);
}
