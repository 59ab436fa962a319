using Crescent.EventStore.InMemory;
using Crescent.EventStore.Leases;
using Crescent.EventStore.Postgres;
using Crescent.EventStore.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crescent.EventStore;

/// <summary>
/// Registers an event store: <see cref="IEventStore"/>, <see cref="IEventReader"/>, <see cref="LogTail"/>, <see cref="ILogSignal"/>,
/// <see cref="PersonalData.IPersonalKeys"/> and <see cref="ILeaseStore"/>. A decorator replaces the registration of
/// <see cref="IEventStore"/> and wraps the store's own type.
/// </summary>
public static class EventStoreServices
{
    /// <summary>The embedded store; <paramref name="options"/> is asked once, when the store is first needed.</summary>
    public static IServiceCollection AddSqliteEventStore(
        this IServiceCollection services, EventTypeMap types, Func<IServiceProvider, SqliteEventStoreOptions> options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(types);
        services.AddSingleton(provider => SqliteEventStore.Open(options(provider), types, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<SqliteEventStore>());
        services.AddSingleton<IEventReader>(static provider => provider.GetRequiredService<IEventStore>());
        services.AddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton(provider => provider.GetRequiredService<SqliteEventStore>().Signal);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteEventStore>().PersonalKeys);
        services.AddSingleton<ILeaseStore, InProcessLeaseStore>();
        return services;
    }

    /// <summary>
    /// The store that several processes share. It starts with the host, which stops if that fails, or with its first use;
    /// <paramref name="options"/> is asked once.
    /// </summary>
    public static IServiceCollection AddPostgresEventStore(
        this IServiceCollection services, EventTypeMap types, Func<IServiceProvider, PostgresEventStoreOptions> options)
    {
        services.AddPostgres(types, options);
        services.AddSingleton(types);
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<PostgresEventStore>());
        services.AddSingleton<IEventReader>(static provider => provider.GetRequiredService<IEventStore>());
        services.AddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton(provider => provider.GetRequiredService<PostgresEventStore>().Signal);
        services.AddSingleton(provider => provider.GetRequiredService<PostgresEventStore>().Leases);
        return services;
    }

    /// <summary>
    /// <see cref="IEventReader"/> and the keys of personal data alone, for a process that reads what others wrote and
    /// appends nothing. They start with the host, which stops if that fails, or with their first use;
    /// <paramref name="options"/> is asked once.
    /// </summary>
    public static IServiceCollection AddPostgresEventReader(
        this IServiceCollection services, EventTypeMap types, Func<IServiceProvider, PostgresEventStoreOptions> options)
    {
        services.AddPostgres(types, options);
        services.AddSingleton<IEventReader>(static provider => provider.GetRequiredService<PostgresEventStore>());
        return services;
    }

    /// <summary>A store that keeps nothing beyond the process.</summary>
    public static IServiceCollection AddInMemoryEventStore(this IServiceCollection services, EventTypeMap types)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(types);
        services.AddSingleton<InMemoryEventStore>();
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.AddSingleton<IEventReader>(static provider => provider.GetRequiredService<IEventStore>());
        services.AddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton(provider => provider.GetRequiredService<InMemoryEventStore>().Signal);
        services.AddSingleton(provider => provider.GetRequiredService<InMemoryEventStore>().PersonalKeys);
        services.AddSingleton<ILeaseStore, InProcessLeaseStore>();
        return services;
    }

    static void AddPostgres(this IServiceCollection services, EventTypeMap types, Func<IServiceProvider, PostgresEventStoreOptions> options)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new PostgresEventStore(
            options(provider), types, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresEventStore>>()));
        services.AddSingleton(provider => provider.GetRequiredService<PostgresEventStore>().PersonalKeys);
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, PostgresEventStoreStart>());
    }
}
