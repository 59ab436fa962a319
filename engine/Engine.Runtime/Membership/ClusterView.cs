using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;

namespace Orleans.Runtime;

/// <summary>The cluster as one version of the membership table has it. It never changes.</summary>
internal sealed class ClusterView
{
    private readonly FrozenDictionary<SiloAddress, SiloMember> _byAddress;
    private readonly Dictionary<IPEndPoint, int> _newestGenerations = [];
    private readonly Rendezvous _owners;

    public ClusterView(long version, IEnumerable<SiloMember> members)
    {
        Version = version;
        Members = [.. members.OrderBy(member => member.Address)];
        Active = [.. Members.Where(member => member.Status == SiloStatus.Active).Select(member => member.Address)];
        _byAddress = Members.ToFrozenDictionary(member => member.Address);
        Owners = Active.Length > 0 ? Active : [.. Members.Where(member => member.Status == SiloStatus.ShuttingDown).Select(member => member.Address)];
        _owners = new Rendezvous(Owners);
        foreach (var member in Members)
        {
            _newestGenerations[member.Address.Endpoint] = Math.Max(_newestGenerations.GetValueOrDefault(member.Address.Endpoint), member.Address.Generation);
        }
    }

    /// <summary>Before anything was read.</summary>
    public static ClusterView Empty { get; } = new(0, []);

    public long Version { get; }

    /// <summary>All that the table has, dead ones too.</summary>
    public ImmutableArray<SiloMember> Members { get; }

    /// <summary>The silos that take part in everything, the eldest first.</summary>
    public ImmutableArray<SiloAddress> Active { get; }

    /// <summary>The silos that own grains, the eldest first: the active ones. When the last of them shut down, they keep theirs until they have ended them.</summary>
    public ImmutableArray<SiloAddress> Owners { get; }

    public SiloMember? Find(SiloAddress silo) => _byAddress.GetValueOrDefault(silo);

    public bool IsActive(SiloAddress silo) => Find(silo) is { Status: SiloStatus.Active };

    /// <summary>Whether that life of a silo is over: it was declared dead, or a later one has begun at its place. A silo that the view doesn't know may be newer than the view.</summary>
    public bool IsDead(SiloAddress silo) =>
        Find(silo) is { } member ? member.Status == SiloStatus.Dead : _newestGenerations.TryGetValue(silo.Endpoint, out var newest) && newest > silo.Generation;

    /// <summary>The one silo that may activate the grain; null if there is none.</summary>
    public SiloAddress? OwnerOf(GrainId grain) => Owners.Length > 1 && InMemoryGrains.Contains(grain.Type) ? Owners[0] : _owners.OwnerOf(grain);

    public override string ToString() => $"version {Version}: {string.Join(", ", Members.Where(member => member.Status != SiloStatus.Dead).Select(member => $"{member.Address} {member.Status}"))}";
}
