using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering and tracing of a silo.</summary>
public static class CoreHostingExtensions
{
    /// <summary>A cluster for development on this machine, whose membership table is in the memory of its primary silo: when that ends, the cluster does.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">Where it listens for other silos.</param>
    /// <param name="gatewayPort">Where it listens for clients; 0 for nowhere.</param>
    /// <param name="primarySiloEndpoint">The silo that has the table; null for this one.</param>
    /// <param name="serviceId">Unless the application configures another.</param>
    /// <param name="clusterId">Unless the application configures another.</param>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        builder.Services.Configure<ClusterOptions>(options =>
        {
            // What the application configured itself stays.
            if (options.ServiceId == ClusterOptions.DefaultServiceId)
            {
                options.ServiceId = serviceId;
            }

            if (options.ClusterId == ClusterOptions.DefaultClusterId)
            {
                options.ClusterId = clusterId;
            }
        });
        return builder.UseDevelopmentClustering(primarySiloEndpoint!);
    }

    /// <summary>A membership table in the memory of the primary silo; null for this one.</summary>
    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, IPEndPoint primarySiloEndpoint) =>
        builder.UseDevelopmentClustering(options => options.PrimarySiloEndpoint = primarySiloEndpoint);

    /// <inheritdoc cref="UseDevelopmentClustering(ISiloBuilder, IPEndPoint)"/>
    public static ISiloBuilder UseDevelopmentClustering(this ISiloBuilder builder, Action<DevelopmentClusterMembershipOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configureOptions);
        ClusteringServices.AddDevelopmentTableTo(builder.Services);
        return builder;
    }

    /// <summary>Carries the current activity from callers to grains and makes a span of every call.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<CallDiagnosticsOptions>(options => options.PropagatesActivities = true);
        return builder;
    }
}
