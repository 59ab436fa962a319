using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Adds memory streams to a silo.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a provider of memory streams. Its subscriptions must be configured as <see cref="StreamPubSubType.ImplicitOnly"/>.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new MemoryStreamConfigurator(name, builder.Services));
        builder.Services.AddMemoryStreamProvider(name);
        builder.Services.TryAddSingleton<ImplicitSubscriptions>();
        builder.Services.TryAddKeyedTransient<IGrainExtension, StreamConsumer>(typeof(IStreamConsumer));

        builder.Services.AddOptions<StreamPubSubOptions>(name)
            .Validate(o => o.PubSubType == StreamPubSubType.ImplicitOnly, $"The streams '{name}' have implicit subscriptions only: say so with ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly).")
            .ValidateOnStart();
        builder.Services.AddOptions<StreamPullingAgentOptions>(name)
            .Validate(o => o.MaxEventDeliveryTime >= TimeSpan.Zero, $"MaxEventDeliveryTime of the streams '{name}' must not be negative.")
            .ValidateOnStart();
        builder.Services.AddOptions<MemoryStreamOptions>(name)
            .Validate(o => o is { MaxItemsPerPartition: > 0, MaxItemsPerDelivery: > 0 }, $"The bounds of the streams '{name}' must be at least 1.")
            .ValidateOnStart();
        return builder;
    }

    internal static void AddMemoryStreamProvider(this IServiceCollection services, string name)
    {
        services.TryAddKeyedSingleton<IStreamProvider>(name, (provider, key) => new MemoryStreamProvider(provider, (string)key!));
        services.AddOptions<HashRingStreamQueueMapperOptions>(name)
            .Validate(o => o.TotalQueueCount > 0, $"The streams '{name}' need at least one partition.")
            .ValidateOnStart();
    }
}

/// <summary>Adds memory streams to a client.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds a provider of memory streams, to produce with. Its partitioning must be that of the silos.</summary>
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new MemoryStreamConfigurator(name, builder.Services));
        builder.Services.AddMemoryStreamProvider(name);
        return builder;
    }
}
