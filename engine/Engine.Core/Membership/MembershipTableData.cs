using Orleans.Runtime;

namespace Orleans;

/// <summary>The membership table, or one row of it, as it was when it was read; each row with its ETag.</summary>
[GenerateSerializer, Immutable]
public sealed class MembershipTableData
{
    public MembershipTableData(List<Tuple<MembershipEntry, string>> list, TableVersion version)
    {
        ArgumentNullException.ThrowIfNull(list);
        Members = list.AsReadOnly();
        Version = version;
    }

    public MembershipTableData(Tuple<MembershipEntry, string> tuple, TableVersion version) : this([tuple], version)
    {
    }

    public MembershipTableData(TableVersion version) : this([], version)
    {
    }

    [Id(0)]
    public IReadOnlyList<Tuple<MembershipEntry, string>> Members { get; }

    [Id(1)]
    public TableVersion Version { get; }

    /// <summary>The row of a silo; null if there is none.</summary>
    public Tuple<MembershipEntry, string>? TryGet(SiloAddress silo) => Members.FirstOrDefault(row => row.Item1.SiloAddress.Equals(silo));

    public override string ToString() => $"version {Version}: {string.Join("; ", Members.Select(row => row.Item1))}";
}
