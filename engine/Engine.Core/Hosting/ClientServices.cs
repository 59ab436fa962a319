using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Runtime.Networking;
using Orleans.Serialization;

namespace Orleans.Hosting;

/// <summary>What every client consists of.</summary>
internal static class ClientServices
{
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(ClientHost)))
        {
            return;
        }

        services.AddLogging();
        services.AddOptions();
        services.AddSerializer();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IClientConnectionRetryFilter, LinearRetryFilter>();
        services.AddSingleton<RemoteGrainTypes>();
        services.AddSingleton<GrainTypeResolver>(provider => provider.GetRequiredService<RemoteGrainTypes>());
        services.AddSingleton<Gateways>();
        services.AddSingleton<ClusterConnectionEvents>();
        services.AddSingleton<ClientDispatcher>();
        services.AddSingleton<CallDispatcher>(provider => provider.GetRequiredService<ClientDispatcher>());
        services.AddSingleton<GrainFactory>();
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient, ClusterClient>();
        services.TryAddSingleton(provider => NetworkServices.CreateSettings(
            provider,
            new LocalPeer(provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId, null, Guid.CreateVersion7()),
            provider.GetRequiredService<IOptions<ClientMessagingOptions>>().Value));
        services.AddSingleton(provider => new GatewayConnections(
            provider.GetService<IGatewayListProvider>() ?? throw new OrleansConfigurationException("The client has no list of gateways: call UseLocalhostClustering, UseStaticClustering or another provider's method."),
            provider.GetRequiredService<Gateways>(),
            provider.GetRequiredService<RemoteGrainTypes>(),
            provider.GetRequiredService<NetworkSettings>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value.GatewayListRefreshPeriod,
            provider.GetRequiredService<ClusterConnectionEvents>(),
            provider.GetRequiredService<ILogger<GatewayConnections>>()));
        services.AddSingleton<ClientHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientHost>());
    }
}
