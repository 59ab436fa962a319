using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>A silo as a snapshot of the cluster has it.</summary>
[GenerateSerializer, Immutable]
public sealed class ClusterMember(SiloAddress siloAddress, SiloStatus status, string name)
{
    [Id(0)]
    public SiloAddress SiloAddress { get; } = siloAddress;

    [Id(1)]
    public SiloStatus Status { get; } = status;

    [Id(2)]
    public string Name { get; } = name;

    public override string ToString() => $"{SiloAddress} {Name} {Status}";
}

/// <summary>The cluster at one version.</summary>
public sealed class ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
{
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; } = members;

    public MembershipVersion Version { get; } = version;

    /// <summary>What a silo is; <see cref="SiloStatus.None"/> if the snapshot doesn't have it.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo) => Members.TryGetValue(silo, out var member) ? member.Status : SiloStatus.None;

    public override string ToString() => $"version {Version}: {string.Join(", ", Members.Values)}";
}

/// <summary>The cluster as this silo knows it.</summary>
public interface IClusterMembershipService
{
    ClusterMembershipSnapshot CurrentSnapshot { get; }
}
