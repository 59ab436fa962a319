using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.Networking;
using Orleans.Serialization;
using Orleans.Timers;

namespace Orleans.Hosting;

/// <summary>What every silo consists of.</summary>
internal static class SiloServices
{
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(Silo)))
        {
            return;
        }

        services.AddLogging();
        services.AddOptions();
        services.AddMetrics();
        services.AddSerializer();
        services.TryAddSingleton(TimeProvider.System);
        AddSilo(services);
        AddGrains(services);
    }

    private static void AddSilo(IServiceCollection services)
    {
        services.AddSingleton<ILocalSiloDetails, LocalSiloDetails>();
        services.AddSingleton<SoleSilo>();
        services.TryAddSingleton<IClusterViews>(provider => provider.GetRequiredService<SoleSilo>());
        services.TryAddSingleton<IHandOver>(provider => provider.GetRequiredService<SoleSilo>());
        services.AddSingleton<SiloStatusOracle>();
        services.AddSingleton<ISiloStatusOracle>(provider => provider.GetRequiredService<SiloStatusOracle>());
        services.AddSingleton<IClusterMembershipService>(provider => provider.GetRequiredService<SiloStatusOracle>());
        services.AddSingleton<SiloLifecycle>();
        services.AddSingleton<ISiloLifecycle>(provider => provider.GetRequiredService<SiloLifecycle>());
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<Catalog>();
        services.AddSingleton<SiloInspection>();
        services.AddSingleton<ClusterInspection>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<ClusterInspection>());
        services.AddSingleton<SiloDispatcher>();
        services.AddSingleton<CallDispatcher>(provider => provider.GetRequiredService<SiloDispatcher>());
        services.AddSingleton<SiloControl>();
        services.AddSingleton<ISiloControl>(provider => provider.GetRequiredService<SiloControl>());
        services.AddSingleton<IKillable>(provider => provider.GetRequiredService<Catalog>());
        services.AddSingleton<Silo>();
        services.AddHostedService(provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<IConfigurationValidator, GrainCollectionOptionsValidator>();
        services.AddSingleton<IConfigurationValidator, SiloMessagingOptionsValidator>();
    }

    /// <summary>The silo's part in the network. Whatever makes it one of several silos, or gives it clients, adds this.</summary>
    public static void AddNetwork(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(SiloNetwork)))
        {
            return;
        }

        services.AddSingleton<ListeningEndpoints>();
        services.AddSingleton<SiloNetwork>();
        services.AddSingleton<IConfigurationValidator, NetworkOptionsValidator>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SiloNetwork>());
        services.AddSingleton<IKillable>(provider => provider.GetRequiredService<SiloNetwork>());
        services.TryAddSingleton(provider =>
        {
            var silo = provider.GetRequiredService<ILocalSiloDetails>();
            return NetworkServices.CreateSettings(
                provider, new LocalPeer(silo.ClusterId, silo.SiloAddress, null), provider.GetRequiredService<IOptions<SiloMessagingOptions>>().Value);
        });
    }

    private static void AddGrains(IServiceCollection services)
    {
        services.AddSingleton<GrainClassMap>();
        services.AddSingleton<GrainTypeResolver>(provider => provider.GetRequiredService<GrainClassMap>());
        services.AddSingleton<GrainFactory>();
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient, ClusterClient>();
        services.AddSingleton<ITimerRegistry, TimerRegistry>();
        services.AddSingleton<IGrainRuntime, GrainRuntime>();
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddTransient(provider => provider.GetRequiredService<IGrainContextAccessor>().GrainContext);
    }
}
