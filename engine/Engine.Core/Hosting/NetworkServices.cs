using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Networking;

namespace Orleans.Hosting;

/// <summary>What silos and clients with a network have in common.</summary>
internal static class NetworkServices
{
    public static NetworkSettings CreateSettings(IServiceProvider provider, LocalPeer self, MessagingOptions messaging) => new()
    {
        Self = self,
        Network = provider.GetRequiredService<IOptions<NetworkOptions>>().Value,
        Connection = provider.GetRequiredService<IOptions<ConnectionOptions>>().Value,
        Messaging = messaging,
        Time = provider.GetRequiredService<TimeProvider>(),
        Loggers = provider.GetRequiredService<ILoggerFactory>(),
        Security = provider.GetService<TransportSecurity>(),
        Faults = provider.GetService<IFrameFaults>(),
    };

    /// <summary>The bounds that have no options of Orleans come from the host's configuration.</summary>
    public static void BindOptions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NetworkOptions>().Bind(configuration.GetSection(NetworkOptions.Section));
        services.AddOptions<CallOptions>().Bind(configuration.GetSection(CallOptions.Section)).Validate(static options =>
        {
            options.Validate();
            return true;
        });
    }
}
