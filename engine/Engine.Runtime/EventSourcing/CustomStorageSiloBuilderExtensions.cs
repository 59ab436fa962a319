using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.EventSourcing.CustomStorage;

namespace Orleans.Hosting;

/// <summary>Adds the log-consistency provider for journaled grains that store their own events.</summary>
public static class CustomStorageSiloBuilderExtensions
{
    /// <summary>Adds the provider under a name, for <see cref="Providers.LogConsistencyProviderAttribute"/>.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="primaryCluster">Of no effect: there is one cluster.</param>
    public static ISiloBuilder AddCustomStorageBasedLogConsistencyProvider(this ISiloBuilder builder, string name = "LogStorage", string? primaryCluster = null)
    {
        builder.Services.TryAddSingleton<JournalServices>();
        builder.Services.TryAddKeyedSingleton<CustomStorageProvider>(name);
        return builder;
    }

    /// <summary>Adds the provider for the journaled grains that name none.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="primaryCluster">Of no effect: there is one cluster.</param>
    public static ISiloBuilder AddCustomStorageBasedLogConsistencyProviderAsDefault(this ISiloBuilder builder, string? primaryCluster = null) =>
        builder.AddCustomStorageBasedLogConsistencyProvider(CustomStorageProvider.DefaultName, primaryCluster);
}
