using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>Asks the silos, as a client of the cluster, which grains live on which of them.</summary>
internal sealed class GrainLocations : IAsyncDisposable
{
    const string ClusterName = "crescent";
    const int ManagementGrainId = 0;

    readonly IHost _host;
    readonly LocalCluster _cluster;

    GrainLocations(IHost host, LocalCluster cluster) => (_host, _cluster) = (host, cluster);

    public static async Task<GrainLocations> ConnectAsync(LocalCluster cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = ("Npgsql", cluster.ConnectionString + ";Pooling=false"))
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterName, ClusterName)));
        var host = builder.Build();
        await host.StartAsync();
        return new GrainLocations(host, cluster);
    }

    /// <summary>The silo of each active grain whose type's name contains this, by the grain's key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(string typeName)
    {
        var management = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(ManagementGrainId);
        return (await management.GetDetailedGrainStatistics())
            .Where(grain => grain.GrainType.Contains(typeName, StringComparison.OrdinalIgnoreCase))
            .GroupBy(grain => grain.GrainId.Key.ToString()!)
            .ToDictionary(grain => grain.Key, grain => _cluster.SiloAt(grain.First().SiloAddress.Endpoint.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
