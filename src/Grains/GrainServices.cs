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

namespace Crescent.Grains;

/// <summary>Registers what the grains need.</summary>
public static class GrainServices
{
    /// <summary>
    /// Everything but what is outside: the event store with its keys, the analytics store and the providers. The silo
    /// must have the log-consistency provider <see cref="EventSourcedGrain{TState,TEvent}.EventsProvider"/> and the
    /// stream provider <see cref="GrainInterfaces.Integration.IntegrationStreams.Provider"/>, and must set <see cref="DigestOptions"/>.
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

    /// <summary>Publishes the log to the integration streams; once per cluster.</summary>
    public static IServiceCollection AddIntegrationRelay(this IServiceCollection services) => services.AddHostedService<Relay>();
}
