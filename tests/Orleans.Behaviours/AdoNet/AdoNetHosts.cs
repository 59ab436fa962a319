using System.Net;
using Microsoft.Extensions.Hosting;
using Orleans.Behaviours.Support;
using Orleans.Configuration;

namespace Orleans.Behaviours.AdoNet;

/// <summary>Builds hosts on one database, of one cluster.</summary>
public sealed class AdoNetHosts : IDisposable
{
    public const string Storage = "database";
    public const string DeletingStorage = "deleting";

    private readonly string _serviceId = Cluster.NewKey();

    public string ClusterId { get; } = Cluster.NewKey();

    public OrleansDatabase Database { get; } = new();

    public static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    /// <summary>A silo that is not started.</summary>
    public IHost BuildSilo(string name, Action<ISiloBuilder>? configure = null)
    {
        var ports = FreePorts.Take(2);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(Configure);
            silo.Configure<SiloOptions>(options => options.SiloName = name);
            silo.Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (IPAddress.Loopback, ports[0], ports[1]));
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (OrleansDatabase.Invariant, Database.ConnectionString));
            silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (OrleansDatabase.Invariant, Database.ConnectionString));
            // A reminder that was registered while silos came or went is found at the next refresh.
            silo.Configure<ReminderOptions>(options =>
                (options.MinimumReminderPeriod, options.RefreshReminderListPeriod) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)));
            silo.AddAdoNetGrainStorage(Storage, options => (options.Invariant, options.ConnectionString) = (OrleansDatabase.Invariant, Database.ConnectionString));
            silo.AddAdoNetGrainStorage(DeletingStorage, options =>
                (options.Invariant, options.ConnectionString, options.DeleteStateOnClear) = (OrleansDatabase.Invariant, Database.ConnectionString, true));
            configure?.Invoke(silo);
        });
        return builder.Build();
    }

    /// <summary>A client that is not started. It looks often for gateways, and a call that went down with one is soon over.</summary>
    public IHost BuildClient(Action<IClientBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(Configure);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromMilliseconds(500));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ManySilos.SiloCluster.ResponseTimeout);
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (OrleansDatabase.Invariant, Database.ConnectionString));
            configure?.Invoke(client);
        });
        return builder.Build();
    }

    public void Dispose() => Database.Dispose();

    private void Configure(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (ClusterId, _serviceId);
}
