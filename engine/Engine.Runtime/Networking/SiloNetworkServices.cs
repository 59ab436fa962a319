using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Runtime.Networking;

/// <summary>What a silo's connections need.</summary>
internal static class SiloNetworkServices
{
    public static void AddTo(IServiceCollection services)
    {
        NetworkServices.AddTo<SiloMessagingOptions>(services, static provider =>
        {
            var silo = provider.GetRequiredService<ILocalSiloDetails>();
            return new(silo.ClusterId, silo.SiloAddress, null);
        });
        services.AddSingleton<ListeningEndpoints>();
    }
}
