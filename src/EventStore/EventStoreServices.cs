using Crescent.EventStore.InMemory;
using Crescent.EventStore.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crescent.EventStore;

/// <summary>
/// Registers an event store: <see cref="IEventStore"/>, <see cref="LogTail"/>, <see cref="ILogSignal"/> and
/// <see cref="PersonalData.IPersonalKeys"/>. A decorator replaces the registration of <see cref="IEventStore"/> and
/// wraps the store's own type.
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
        services.AddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton(provider => provider.GetRequiredService<SqliteEventStore>().Signal);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteEventStore>().PersonalKeys);
        return services;
    }

    /// <summary>A store that keeps nothing beyond the process.</summary>
    public static IServiceCollection AddInMemoryEventStore(this IServiceCollection services, EventTypeMap types)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(types);
        services.AddSingleton<InMemoryEventStore>();
        services.AddSingleton<IEventStore>(provider => provider.GetRequiredService<InMemoryEventStore>());
        services.AddSingleton(provider => new LogTail(provider.GetRequiredService<IEventStore>()));
        services.AddSingleton(provider => provider.GetRequiredService<InMemoryEventStore>().Signal);
        services.AddSingleton(provider => provider.GetRequiredService<InMemoryEventStore>().PersonalKeys);
        return services;
    }
}
