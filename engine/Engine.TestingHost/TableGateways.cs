using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The gateways of a test cluster, from the table that its silos share.</summary>
internal sealed class TableGateways(IMembershipTable table) : IGatewayListProvider
{
    private static readonly TimeSpan s_staleness = TimeSpan.FromSeconds(1);

    public TimeSpan MaxStaleness => s_staleness;

    public bool IsUpdatable => true;

    public Task InitializeGatewayListProvider() => Task.CompletedTask;

    public async Task<IList<Uri>> GetGateways() =>
        [.. from row in (await table.ReadAll()).Members
            let silo = row.Item1
            where silo is { Status: SiloStatus.Active, ProxyPort: > 0 }
            select SiloAddress.New(silo.SiloAddress.Endpoint.Address, silo.ProxyPort, silo.SiloAddress.Generation).ToGatewayUri()];
}
