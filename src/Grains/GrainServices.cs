using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.GrainInterfaces.Integration;
using Crescent.Grains.Analytics;
using Crescent.Grains.EmailClaims;
using Crescent.Grains.EventSourcing;
using Crescent.Grains.Integration;
using Crescent.Grains.Notifications;
using Crescent.Grains.Orders;
using Crescent.Grains.OrderSaga;
using Crescent.Grains.Payments;
using Crescent.Grains.Shipments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace Crescent.Grains;

/// <summary>Registers what the grains need.</summary>
public static class GrainServices
{
    /// <summary>
    /// Everything but what is outside: the event store with its keys, the analytics store and the providers. Whoever
    /// composes a silo sets <see cref="DigestOptions"/> and calls <see cref="AddCrescentGrainProviders"/>.
    /// </summary>
    public static IServiceCollection AddCrescentGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AggregateServices>();
        services.AddSingleton<Digests>();
        services.AddSingleton<FollowUps>();
        return services
            .AddChecked<AggregateOptions>(AggregateOptions.Section, options => options.Problem())
            .AddChecked<DigestOptions>(DigestOptions.Section, options => options.Problem())
            .AddChecked<EmailClaimOptions>(EmailClaimOptions.Section, options => options.Problem())
            .AddChecked<OrderOptions>(OrderOptions.Section, options => options.Problem())
            .AddChecked<PaymentOptions>(PaymentOptions.Section, options => options.Problem())
            .AddChecked<CarrierOptions>(CarrierOptions.Section, options => options.Problem())
            .AddChecked<SagaOptions>(SagaOptions.Section, options => options.Problem())
            .AddChecked<NotificationOptions>(NotificationOptions.Section, options => options.Problem())
            .AddChecked<AnalyticsOptions>(AnalyticsOptions.Section, options => options.Problem())
            .AddChecked<RelayOptions>(RelayOptions.Section, options => options.Problem());
    }

    /// <summary>The log-consistency provider and the streams that the grains name.</summary>
    public static ISiloBuilder AddCrescentGrainProviders(this ISiloBuilder silo)
    {
        silo.AddCustomStorageBasedLogConsistencyProvider(EventSourcedGrain.Provider);
        return silo.AddMemoryStreams(
            IntegrationStreams.Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
    }

    /// <summary>Publishes the log to the integration streams, wherever in the cluster its lease is.</summary>
    public static IServiceCollection AddIntegrationRelay(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        return services.AddLeaseKeeper().AddHostedService<Relay>();
    }

    /// <summary>Keeps the leases of what runs in one silo at a time. Needs the event store's leases.</summary>
    public static IServiceCollection AddLeaseKeeper(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(LeaseKeeper))) return services;
        services.AddChecked<LeaseOptions>(LeaseOptions.Section, static options => options.Problem());
        return services.AddSingleton(static provider => new LeaseKeeper(
            provider.GetRequiredService<ILeaseStore>(),
            provider.GetRequiredService<IOptions<LeaseOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LeaseKeeper>>()));
    }
}
