using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The membership table in the memory of a primary silo, as the other silos of a development cluster reach it.</summary>
internal sealed class RemoteMembershipTable(IPEndPoint primary, ISiloControl control, Serializer serializer, TimeProvider time, IOptions<ClusterMembershipOptions> options) : IMembershipTable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    // Whichever life of the primary silo is there.
    private readonly SiloAddress _primary = SiloAddress.New(primary, 0);

    /// <summary>Waits for the primary silo, which may be starting at the same moment.</summary>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await ReadAll().ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is TimeoutException or SiloUnavailableException)
            {
                if (time.GetElapsedTime(started) >= options.Value.MaxJoinAttemptTime)
                {
                    throw new OrleansException($"The primary silo at {primary}, which has the membership table of this development cluster, can't be reached.", exception);
                }

                await Task.Delay(s_pause, time).ConfigureAwait(false);
            }
        }
    }

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException("The table of a development cluster goes with its primary silo.");

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Ask(new(TableRequestKind.Cleanup, Before: beforeDate));

    public async Task<MembershipTableData> ReadRow(SiloAddress key) => (await Ask(new(TableRequestKind.ReadRow, Silo: key)).ConfigureAwait(false)).Data!;

    public async Task<MembershipTableData> ReadAll() => (await Ask(new(TableRequestKind.ReadAll)).ConfigureAwait(false)).Data!;

    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        (await Ask(new(TableRequestKind.Insert, entry, Version: tableVersion)).ConfigureAwait(false)).IsDone;

    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        (await Ask(new(TableRequestKind.Update, entry, etag, tableVersion)).ConfigureAwait(false)).IsDone;

    public Task UpdateIAmAlive(MembershipEntry entry) => Ask(new(TableRequestKind.SayAlive, entry));

    private async Task<TableReply> Ask(TableRequest request)
    {
        var body = serializer.SerializeToArray(request);
        var answer = await control.AskAsync(_primary, ControlTopic.MembershipTable, body, MembershipRules.LeaseOf(options.Value), CancellationToken.None).ConfigureAwait(false);
        return serializer.Deserialize<TableReply>(answer);
    }
}
