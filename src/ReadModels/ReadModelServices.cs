using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Analytics;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Sagas;
using Crescent.ReadModels.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crescent.ReadModels;

public static class ReadModelServices
{
    /// <summary>
    /// Registers the read models, their projections (subscribers, to be fed by a host) and their queries. Needs the event store's
    /// personal keys.
    /// </summary>
    /// <param name="database">The file of the read models; asked for once.</param>
    /// <param name="searchSecret">A secret of the installation, from which the key of the user search is derived; asked for once.</param>
    public static IServiceCollection AddReadModels(
        this IServiceCollection services, Func<IServiceProvider, SqliteDatabaseOptions> database, Func<IServiceProvider, byte[]> searchSecret)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ViewsDatabase.Open(database(provider)));
        services.AddSingleton(provider => new BlindIndex(searchSecret(provider)));
        services.AddSingleton<ProjectionProgress>();
        services.AddSingleton<ConsumerCheckpoints>();
        services.AddProjection<UserProjection>();
        services.AddProjection<ProductProjection>();
        services.AddProjection<OrderProjection>();
        services.AddProjection<SagaProjection>();
        services.AddProjection<DueProjection>();
        services.AddSingleton<UserQueries>();
        services.AddSingleton<ProductQueries>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<SagaQueries>();
        services.AddSingleton<DueQueries>();
        services.AddSingleton<IAnalyticsStore, AnalyticsStore>();
        services.AddSingleton<AnalyticsQueries>();
        return services;
    }

    private static void AddProjection<TProjection>(this IServiceCollection services) where TProjection : class, IProjection
    {
        services.AddSingleton<TProjection>();
        services.AddSingleton<ISubscriber>(static provider =>
            ActivatorUtilities.CreateInstance<ProjectionRunner>(provider, provider.GetRequiredService<TProjection>()));
    }
}
