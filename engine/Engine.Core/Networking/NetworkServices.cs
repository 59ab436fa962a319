using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime.Networking;

/// <summary>What the connections of a host need.</summary>
internal static class NetworkServices
{
    /// <summary>For a client: it has an id of its own.</summary>
    public static void AddToClient(IServiceCollection services) =>
        AddTo<ClientMessagingOptions>(services, static provider => new(
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId, null, Guid.CreateVersion7()));

    public static void AddTo<TMessagingOptions>(IServiceCollection services, Func<IServiceProvider, LocalPeer> self) where TMessagingOptions : MessagingOptions
    {
        if (services.Any(service => service.ServiceType == typeof(NetworkSettings)))
            return;

        services.AddSingleton<IConfigureOptions<NetworkOptions>, FromConfiguration>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationValidator, NetworkOptionsValidator>());
        services.AddSingleton(provider => new NetworkSettings
        {
            Self = self(provider),
            Network = provider.GetRequiredService<IOptions<NetworkOptions>>().Value,
            Connection = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value,
            Messaging = provider.GetRequiredService<IOptions<TMessagingOptions>>().Value,
            Time = provider.GetRequiredService<TimeProvider>(),
            Loggers = provider.GetRequiredService<ILoggerFactory>(),
            Security = provider.GetService<TransportSecurity>(),
            Faults = provider.GetService<IFrameFaults>(),
        });
    }

    /// <summary>A host need not have a configuration.</summary>
    private sealed class FromConfiguration(IConfiguration? configuration = null) : IConfigureOptions<NetworkOptions>
    {
        public void Configure(NetworkOptions options) => configuration?.GetSection(NetworkOptions.Section).Bind(options);
    }
}
