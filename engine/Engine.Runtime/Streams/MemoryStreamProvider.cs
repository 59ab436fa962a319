using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Streams that live in memory: fast, and lost with the silo that holds them.</summary>
internal sealed class MemoryStreamProvider : IStreamProvider
{
    private readonly IServiceProvider _services;
    private readonly IMemoryStreamPartition[] _partitions;

    public MemoryStreamProvider(IServiceProvider services, string name)
    {
        _services = services;
        Name = name;
        var factory = services.GetRequiredService<IGrainFactory>();
        var count = services.GetRequiredService<IOptionsMonitor<HashRingStreamQueueMapperOptions>>().Get(name).TotalQueueCount;
        _partitions = [.. Enumerable.Range(0, count).Select(i => factory.GetGrain<IMemoryStreamPartition>($"{name}/{i}"))];
    }

    public string Name { get; }
    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStreamReference<T>(this, streamId);

    /// <summary>The partition that holds a stream's items.</summary>
    public IMemoryStreamPartition PartitionOf(StreamId stream) => _partitions[ImplicitSubscriptions.PartitionOf(stream, _partitions.Length)];

    /// <summary>The calling grain's subscription to a stream; null if it has none.</summary>
    public (StreamConsumer Consumer, StreamSubscription Subscription)? FindSubscription(StreamId stream)
    {
        if (RuntimeContext.Current is not { } context || !_services.GetRequiredService<ImplicitSubscriptions>().IsConsumer(context.GrainId, stream))
            return null;

        var consumer = (StreamConsumer?)context.GetComponent<IStreamConsumer>();
        if (consumer is null)
        {
            consumer = ActivatorUtilities.CreateInstance<StreamConsumer>(context.ActivationServices);
            context.SetComponent<IStreamConsumer>(consumer);
        }

        return (consumer, ImplicitSubscriptions.SubscriptionOf(context.GrainId, Name, stream));
    }
}
