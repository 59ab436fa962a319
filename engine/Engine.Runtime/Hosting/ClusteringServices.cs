using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>What makes a silo one of a cluster, whatever membership table it uses.</summary>
internal static class ClusteringServices
{
    /// <summary>Adds the network and membership; whoever calls it also registers an <see cref="IMembershipTable"/>.</summary>
    public static void AddTo(IServiceCollection services)
    {
        SiloServices.AddNetwork(services);
        if (services.Any(service => service.ServiceType == typeof(MembershipAgent)))
        {
            return;
        }

        services.TryAddSingleton<IFatalError, FailFast>();
        services.AddSingleton<IClusterNetwork, ClusterNetwork>();
        services.AddSingleton<MembershipAgent>();
        services.AddSingleton<ILocalActivations>(provider => new CatalogActivations(provider.GetRequiredService<Catalog>));
        services.AddSingleton<HandOver>();
        services.Replace(ServiceDescriptor.Singleton<IClusterViews>(provider => provider.GetRequiredService<MembershipAgent>()));
        services.Replace(ServiceDescriptor.Singleton<IHandOver>(provider => provider.GetRequiredService<HandOver>()));
        services.AddSingleton<IKillable>(provider => provider.GetRequiredService<MembershipAgent>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<MembershipAgent>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ClusterListener>();
        services.AddSingleton<IConfigurationValidator, ClusterMembershipOptionsCheck>();
    }

    /// <summary>Adds a table in the memory of the primary silo, which may be this one.</summary>
    public static void AddDevelopmentTableTo(IServiceCollection services)
    {
        AddTo(services);
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PrimarySiloTable>();
        services.AddSingleton<IMembershipTable>(provider =>
        {
            var primary = provider.GetRequiredService<IOptions<DevelopmentClusterMembershipOptions>>().Value.PrimarySiloEndpoint;
            var isHere = primary is null || primary.Equals(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint);
            return isHere ? new MemoryMembershipTable() : ActivatorUtilities.CreateInstance<RemoteMembershipTable>(provider, primary!);
        });
    }
}
