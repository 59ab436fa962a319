using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Orleans.AdoNet.Clustering;

/// <summary>The gateways of the active silos of the membership table.</summary>
internal sealed class AdoNetGatewayListProvider(IOptions<AdoNetClusteringClientOptions> options, IOptions<GatewayOptions> gateways, IOptions<ClusterOptions> cluster)
    : IGatewayListProvider
{
    private const string Key = "GatewaysQueryKey";
    private OrleansQueries? _queries;

    public TimeSpan MaxStaleness => gateways.Value.GatewayListRefreshPeriod;

    public bool IsUpdatable => true;

    public async Task InitializeGatewayListProvider() => _queries = await OrleansQueries.LoadAsync(options.Value.ToSettings(), [Key], CancellationToken.None);

    public async Task<IList<Uri>> GetGateways()
    {
        var queries = _queries ?? throw new InvalidOperationException("The list of gateways is not initialized yet.");
        return await queries.ReadAsync(Key, add =>
        {
            add("DeploymentId", cluster.Value.ClusterId);
            add("Status", (int)SiloStatus.Active);
        }, row => MembershipRows.ReadAddress(row, "ProxyPort").ToGatewayUri());
    }
}
