using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Analytics;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Sagas;
using Crescent.ReadModels.Storage;
using Crescent.ReadModels.Storage.Postgres;
using Crescent.ReadModels.Storage.Sqlite;
using Crescent.ReadModels.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Crescent.ReadModels;

/// <summary>
/// Registers the read models: queries, and where they are built, projections (log consumers, to be run by a host) and the
/// analytics store. Needs the event store: its personal keys and <see cref="IEventReader"/>, where they are built all of it.
/// </summary>
public static class ReadModelServices
{
    /// <summary>Built and asked in one process.</summary>
    /// <param name="database">The file of the read models; asked for once.</param>
    /// <param name="searchSecret">A secret of the installation, from which the key of the user search is derived; asked for once.</param>
    public static IServiceCollection AddSqliteReadModels(
        this IServiceCollection services, Func<IServiceProvider, SqliteDatabaseOptions> database, Func<IServiceProvider, byte[]> searchSecret)
    {
        services.AddSingleton<ViewsDatabase>(provider => SqliteViews.Open(database(provider)));
        services.AddSingleton<ProjectionProgress, LocalProgress>();
        return services.AddQueries(searchSecret).AddProjections();
    }

    /// <summary>
    /// Built by whichever process of the cluster holds the lease, and asked in all of them. The tables are made ready when
    /// the host starts, before whatever is registered already.
    /// </summary>
    /// <inheritdoc cref="AddPostgresReadModelQueries"/>
    public static IServiceCollection AddPostgresReadModels(
        this IServiceCollection services, Func<IServiceProvider, PostgresViewsOptions> options, Func<IServiceProvider, byte[]> searchSecret)
    {
        services.AddPostgresViews(options).AddQueries(searchSecret).AddProjections();
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, PostgresViewsStart>());
        return services;
    }

    /// <summary>Asked in this process, built in others.</summary>
    /// <param name="options">Where they are; asked for once.</param>
    /// <param name="searchSecret">A secret of the installation, from which the key of the user search is derived; asked for once.</param>
    public static IServiceCollection AddPostgresReadModelQueries(
        this IServiceCollection services, Func<IServiceProvider, PostgresViewsOptions> options, Func<IServiceProvider, byte[]> searchSecret)
    {
        services.AddPostgresViews(options).AddQueries(searchSecret);
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, PostgresViewsCheck>());
        return services;
    }

    private static IServiceCollection AddPostgresViews(this IServiceCollection services, Func<IServiceProvider, PostgresViewsOptions> options)
    {
        services.AddSingleton(provider => new PostgresViews(options(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ViewsDatabase>(static provider => provider.GetRequiredService<PostgresViews>());
        services.AddSingleton<ProjectionProgress>(provider => new PolledProgress(
            provider.GetRequiredService<ViewsDatabase>(),
            provider.GetRequiredService<PostgresViews>().ProgressInterval,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static IServiceCollection AddQueries(this IServiceCollection services, Func<IServiceProvider, byte[]> searchSecret)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new BlindIndex(searchSecret(provider)));
        services.AddSingleton<UserQueries>();
        services.AddSingleton<ProductQueries>();
        services.AddSingleton<OrderQueries>();
        services.AddSingleton<SagaQueries>();
        services.AddSingleton<DueQueries>();
        services.AddSingleton<IAnalyticsStore, AnalyticsStore>();
        services.AddSingleton<AnalyticsQueries>();
        return services;
    }

    private static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services.AddSingleton<ConsumerCheckpoints>();
        services.AddSingleton(static provider => new ReadModelsRebuild(
            provider.GetServices<IProjection>(),
            provider.GetRequiredService<IEventStore>(),
            provider.GetRequiredService<ViewsDatabase>(),
            provider.GetRequiredService<IPersonalKeys>(),
            provider.GetRequiredService<ProjectionProgress>(),
            provider.GetRequiredService<IAnalyticsStore>()));
        return services
            .AddProjection<UserProjection>()
            .AddProjection<ProductProjection>()
            .AddProjection<OrderProjection>()
            .AddProjection<SagaProjection>()
            .AddProjection<DueProjection>();
    }

    private static IServiceCollection AddProjection<TProjection>(this IServiceCollection services) where TProjection : class, IProjection
    {
        services.AddSingleton<TProjection>();
        services.AddSingleton<IProjection>(static provider => provider.GetRequiredService<TProjection>());
        return services.AddSingleton<ILogConsumer>(static provider =>
            ActivatorUtilities.CreateInstance<ProjectionConsumer>(provider, provider.GetRequiredService<TProjection>()));
    }
}
