using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Clustering and tracing of a silo.</summary>
public static class CoreHostingExtensions
{
    /// <summary>A cluster of one silo on this machine. Nothing listens: its client is the one in its own service provider.</summary>
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
