using Crescent.Grains;
using Crescent.Silo.Sweeper;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.Silo.Consumers;

public static class ConsumerServices
{
    /// <summary>
    /// What a silo does with the log: the read models, what follows from events, and the sweeper. Needs the event store,
    /// the read models and the grains.
    /// </summary>
    public static IServiceCollection AddLogConsumers(this IServiceCollection services)
    {
        services.AddChecked<ConsumerOptions>(ConsumerOptions.Section, static options => options.Problem());
        services.AddChecked<SweeperOptions>(SweeperOptions.Section, static options => options.Problem());
        services.AddSingleton<LogConsumers>();
        services.AddSingleton<Sweep>();
        services.AddHostedService<ProjectionService>();
        services.AddHostedService<FollowUpService>();
        services.AddHostedService<SweeperService>();
        return services;
    }
}
