using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.AdoNet.Clustering;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Orleans.Hosting;

/// <summary>Silos and clients that find one another through a table of a database.</summary>
public static class AdoNetHostingExtensions
{
    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<AdoNetClusteringSiloOptions> configureOptions) =>
        builder.UseAdoNetClustering(options => options.Configure(configureOptions));

    public static ISiloBuilder UseAdoNetClustering(this ISiloBuilder builder, Action<OptionsBuilder<AdoNetClusteringSiloOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetClusteringSiloOptions>());
        builder.Services.AddSingleton<IMembershipTable, AdoNetMembershipTable>();
        ClusteringServices.AddTo(builder.Services);
        builder.Services.AddSingleton<IConfigurationValidator>(services =>
            new DatabaseSettingsCheck(() => services.GetRequiredService<IOptions<AdoNetClusteringSiloOptions>>().Value.ToSettings()));
        return builder;
    }

    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<AdoNetClusteringClientOptions> configureOptions) =>
        builder.UseAdoNetClustering(options => options.Configure(configureOptions));

    public static IClientBuilder UseAdoNetClustering(this IClientBuilder builder, Action<OptionsBuilder<AdoNetClusteringClientOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configureOptions?.Invoke(builder.Services.AddOptions<AdoNetClusteringClientOptions>());
        builder.Services.AddSingleton<IGatewayListProvider, AdoNetGatewayListProvider>();
        builder.Services.AddSingleton<IConfigurationValidator>(services =>
            new DatabaseSettingsCheck(() => services.GetRequiredService<IOptions<AdoNetClusteringClientOptions>>().Value.ToSettings()));
        return builder;
    }
}
