using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.AdoNet.Storage;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Adds storages of grain states in a database.</summary>
public static class AdoNetGrainStorageSiloBuilderExtensions
{
    public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(name, options => options.Configure(configureOptions));

    public static ISiloBuilder AddAdoNetGrainStorage(this ISiloBuilder builder, string name, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetGrainStorageOptions>(name));
        builder.Services.AddSingleton<IConfigurationValidator>(services => new DatabaseSettingsCheck(() => OptionsOf(services, name).ToSettings(name)));
        builder.Services.AddGrainStorage(name, static (services, name) =>
            new AdoNetGrainStorage(name, OptionsOf(services, name), services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
        return builder;
    }

    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<AdoNetGrainStorageOptions> configureOptions) =>
        builder.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    public static ISiloBuilder AddAdoNetGrainStorageAsDefault(this ISiloBuilder builder, Action<OptionsBuilder<AdoNetGrainStorageOptions>>? configureOptions = null) =>
        builder.AddAdoNetGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    private static AdoNetGrainStorageOptions OptionsOf(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name);
}
