using Crescent.EventStore;
using Crescent.Grains;
using Crescent.ReadModels.Projections;
using Crescent.Silo.Sweeper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Consumers;

public static class ConsumerServices
{
    public const string SagaStarter = "saga-starter";
    public const string UserFollowUps = "user-follow-ups";

    /// <summary>
    /// What a silo does with the log, each part of it wherever its lease is: the read models, what follows from events, and
    /// the sweeper. Needs the event store, the read models and the grains.
    /// </summary>
    public static IServiceCollection AddLogConsumers(this IServiceCollection services)
    {
        services.AddChecked<ConsumerOptions>(ConsumerOptions.Section, static options => options.Problem());
        services.AddChecked<SweeperOptions>(SweeperOptions.Section, static options => options.Problem());
        services.AddLeaseKeeper();
        services.AddSingleton<LogConsumers>();
        services.AddSingleton<Sweep>();
        // Two of them, so that mails that can't be sent keep no order waiting.
        services.AddFollowUps(SagaStarter, StreamCategory.Order);
        services.AddFollowUps(UserFollowUps, StreamCategory.User);
        services.AddHostedService<LogConsumerService>();
        services.AddHostedService<SweeperService>();
        return services;
    }

    private static void AddFollowUps(this IServiceCollection services, string name, string category) =>
        services.AddSingleton<ILogConsumer>(provider => new FollowUpConsumer(
            name,
            category,
            provider.GetRequiredService<FollowUps>(),
            provider.GetRequiredService<ConsumerCheckpoints>(),
            provider.GetRequiredService<IOptions<ConsumerOptions>>()));
}
