using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.AdoNet.Clustering;

/// <summary>The membership table in a database. The version of the table guards every change, so rows need no tags of their own.</summary>
internal sealed class AdoNetMembershipTable(IOptions<AdoNetClusteringSiloOptions> options, IOptions<ClusterOptions> cluster) : IMembershipTable
{
    private static readonly string[] s_keys =
    [
        "InsertMembershipVersionKey", "MembershipReadAllKey", "MembershipReadRowKey", "InsertMembershipKey", "UpdateMembershipKey",
        "UpdateIAmAlivetimeKey", "DeleteMembershipTableEntriesKey", "CleanupDefunctSiloEntriesKey", "GatewaysQueryKey",
    ];

    private readonly string _clusterId = cluster.Value.ClusterId;
    private OrleansQueries? _queries;

    private OrleansQueries Queries => _queries ?? throw new InvalidOperationException("The membership table is not initialized yet.");

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        _queries = await OrleansQueries.LoadAsync(options.Value.ToSettings(), s_keys, CancellationToken.None);
        if (tryInitTableVersion)
        {
            await Queries.ReadOneAsync("InsertMembershipVersionKey", add => add("DeploymentId", _clusterId), row => row.GetInt32(0));
        }
    }

    public Task DeleteMembershipTableEntries(string clusterId) =>
        Queries.ExecuteAsync("DeleteMembershipTableEntriesKey", add => add("DeploymentId", clusterId));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Queries.ExecuteAsync("CleanupDefunctSiloEntriesKey", add =>
    {
        add("DeploymentId", _clusterId);
        add("IAmAliveTime", beforeDate.UtcDateTime);
    });

    public async Task<MembershipTableData> ReadRow(SiloAddress key) =>
        Data(await Queries.ReadAsync("MembershipReadRowKey", add => MembershipRows.AddKey(add, _clusterId, key), MembershipRows.Read));

    public async Task<MembershipTableData> ReadAll() =>
        Data(await Queries.ReadAsync("MembershipReadAllKey", add => add("DeploymentId", _clusterId), MembershipRows.Read));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Change("InsertMembershipKey", entry, tableVersion, add =>
    {
        add("SiloName", entry.SiloName);
        add("HostName", entry.HostName);
        add("ProxyPort", entry.ProxyPort);
        add("StartTime", MembershipRows.Utc(entry.StartTime));
    });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Change("UpdateMembershipKey", entry, tableVersion, add =>
        add("SuspectTimes", MembershipRows.WriteVotes(entry.SuspectTimes)));

    public Task UpdateIAmAlive(MembershipEntry entry) => Queries.ExecuteAsync("UpdateIAmAlivetimeKey", add =>
    {
        MembershipRows.AddKey(add, _clusterId, entry.SiloAddress);
        add("IAmAliveTime", MembershipRows.Utc(entry.IAmAliveTime));
    });

    /// <returns>Whether the version was the one before <paramref name="next"/> and the row could be written; otherwise neither was changed.</returns>
    private async Task<bool> Change(string key, MembershipEntry entry, TableVersion next, Action<AddParameter> more) => await Queries.ReadOneAsync(key, add =>
    {
        MembershipRows.AddKey(add, _clusterId, entry.SiloAddress);
        add("Status", (int)entry.Status);
        add("IAmAliveTime", MembershipRows.Utc(entry.IAmAliveTime));
        add("Version", next.Version - 1);
        more(add);
    }, row => row.GetInt32(0)) == 1;

    private MembershipTableData Data(List<(MembershipEntry? Member, int Version)> rows)
    {
        if (rows is not [var (_, version), ..])
        {
            throw new OrleansException($"The membership table has no version of the cluster '{_clusterId}'; it was deleted, or never initialized.");
        }

        var tag = version.ToString(CultureInfo.InvariantCulture);
        return new(rows.Where(row => row.Member is not null).Select(row => Tuple.Create(row.Member!, tag)).ToList(), new TableVersion(version, tag));
    }
}
