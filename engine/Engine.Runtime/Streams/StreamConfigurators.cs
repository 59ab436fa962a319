using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Configures a service that has a name.</summary>
public interface INamedServiceConfigurator
{
    string Name { get; }

    /// <summary>Gives access to the services of the host that is being built.</summary>
    Action<Action<IServiceCollection>> ConfigureDelegate { get; }
}

/// <summary>Configures a stream provider.</summary>
public interface IPersistentStreamConfigurator : INamedServiceConfigurator;

/// <summary>Configures a stream provider of a silo.</summary>
public interface ISiloPersistentStreamConfigurator : IPersistentStreamConfigurator;

/// <summary>Configures a stream provider of a silo.</summary>
public interface ISiloRecoverableStreamConfigurator : ISiloPersistentStreamConfigurator;

/// <summary>Configures memory streams.</summary>
public interface IMemoryStreamConfigurator : INamedServiceConfigurator;

/// <summary>Configures memory streams of a silo.</summary>
public interface ISiloMemoryStreamConfigurator : IMemoryStreamConfigurator, ISiloRecoverableStreamConfigurator;

/// <summary>Configures a stream provider of a client.</summary>
public interface IClusterClientPersistentStreamConfigurator : IPersistentStreamConfigurator;

/// <summary>Configures memory streams of a client.</summary>
public interface IClusterClientMemoryStreamConfigurator : IMemoryStreamConfigurator, IClusterClientPersistentStreamConfigurator;

/// <summary>The settings of memory streams.</summary>
public static class MemoryStreamConfiguratorExtensions
{
    /// <summary>How many partitions the streams are spread over; silos and clients must agree.</summary>
    public static void ConfigurePartitioning(this IMemoryStreamConfigurator configurator, int numOfQueues = HashRingStreamQueueMapperOptions.DEFAULT_NUM_QUEUES) =>
        configurator.ConfigureDelegate(services => services.Configure<HashRingStreamQueueMapperOptions>(configurator.Name, options => options.TotalQueueCount = numOfQueues));
}

/// <summary>The settings of stream providers.</summary>
public static class PersistentStreamConfiguratorExtensions
{
    /// <summary>Which kinds of subscription the provider has; only implicit ones are supported.</summary>
    public static void ConfigureStreamPubSub(this IPersistentStreamConfigurator configurator, StreamPubSubType pubsubType = StreamPubSubOptions.DEFAULT_STREAM_PUBSUB_TYPE) =>
        configurator.ConfigureDelegate(services => services.Configure<StreamPubSubOptions>(configurator.Name, options => options.PubSubType = pubsubType));
}

/// <summary>The settings of delivery.</summary>
public static class SiloPersistentStreamConfiguratorExtensions
{
    /// <summary>How items are delivered.</summary>
    public static void ConfigurePullingAgent(this ISiloPersistentStreamConfigurator configurator, Action<OptionsBuilder<StreamPullingAgentOptions>>? configureOptions = null) =>
        configurator.ConfigureDelegate(services => configureOptions?.Invoke(services.AddOptions<StreamPullingAgentOptions>(configurator.Name)));
}

/// <summary>The configurator of memory streams, on either side.</summary>
internal sealed class MemoryStreamConfigurator(string name, IServiceCollection services) : ISiloMemoryStreamConfigurator, IClusterClientMemoryStreamConfigurator
{
    public string Name => name;
    public Action<Action<IServiceCollection>> ConfigureDelegate { get; } = configure => configure(services);
}
