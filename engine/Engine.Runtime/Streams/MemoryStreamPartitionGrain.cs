using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// Holds the items of its streams until they are delivered. It delivers as soon as an item comes; while one delivery is on
/// its way, what else arrives for that consumer waits and goes with the next. It ends with its silo, and what it holds is lost.
/// </summary>
[KeepAlive]
[GrainType(InMemoryGrains.Streams)]
internal sealed partial class MemoryStreamPartitionGrain : Grain, IMemoryStreamPartition
{
    private readonly Dictionary<StreamId, ConsumerQueue[]> _queues = [];
    private readonly ImplicitSubscriptions _subscriptions;
    private readonly string _providerName;
    private int _held;
    private long _sequence;

    public MemoryStreamPartitionGrain(
        ImplicitSubscriptions subscriptions,
        IOptionsMonitor<MemoryStreamOptions> options,
        IOptionsMonitor<StreamPullingAgentOptions> delivery,
        TimeProvider time,
        ILogger<MemoryStreamPartitionGrain> logger)
    {
        var key = this.GetPrimaryKeyString();
        _providerName = key[..key.LastIndexOf('/')];
        _subscriptions = subscriptions;
        Options = options.Get(_providerName);
        MaxEventDeliveryTime = delivery.Get(_providerName).MaxEventDeliveryTime;
        Time = time;
        Logger = logger;

        // A later activation goes on with higher numbers.
        _sequence = time.GetUtcNow().UtcTicks;
    }

    internal MemoryStreamOptions Options { get; }
    internal TimeSpan MaxEventDeliveryTime { get; }
    internal TimeProvider Time { get; }
    internal ILogger Logger { get; }
    internal bool IsStopped { get; private set; }

    /// <summary>Streams with something to deliver.</summary>
    internal int ActiveStreams => _queues.Count;

    public ValueTask Enqueue(StreamId stream, object? item)
    {
        var queues = QueuesOf(stream);
        Reserve(stream, queues.Length);
        _sequence++;
        foreach (var queue in queues)
        {
            queue.Add(new(_sequence, 0, item));
            queue.Start();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask EnqueueBatch(StreamId stream, object?[] items)
    {
        var queues = QueuesOf(stream);
        Reserve(stream, queues.Length * items.Length);
        _sequence++;
        foreach (var queue in queues)
        {
            for (var i = 0; i < items.Length; i++)
                queue.Add(new(_sequence, i, items[i]));
            queue.Start();
        }

        return ValueTask.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        IsStopped = true;
        if (_held > 0)
            LogLost(Logger, _providerName, _held);
        return Task.CompletedTask;
    }

    /// <summary>Items have left a queue.</summary>
    internal void Release(int count) => _held -= count;

    /// <summary>Forgets a stream that has nothing to deliver.</summary>
    internal void Forget(StreamId stream)
    {
        if (_queues.TryGetValue(stream, out var queues) && Array.TrueForAll(queues, q => q.IsIdle))
            _queues.Remove(stream);
    }

    private ConsumerQueue[] QueuesOf(StreamId stream)
    {
        if (_queues.TryGetValue(stream, out var queues))
            return queues;

        var consumers = _subscriptions.ConsumersOf(stream);
        if (consumers.Length == 0)
            return [];

        queues = Array.ConvertAll(consumers, consumer =>
            new ConsumerQueue(this, ImplicitSubscriptions.SubscriptionOf(consumer, _providerName, stream), GrainFactory.GetGrain<IStreamConsumer>(consumer)));
        _queues.Add(stream, queues);
        return queues;
    }

    private void Reserve(StreamId stream, int count)
    {
        if (_held + count > Options.MaxItemsPerPartition)
            throw new LimitExceededException($"{nameof(MemoryStreamOptions)}.{nameof(MemoryStreamOptions.MaxItemsPerPartition)} of '{_providerName}'", _held + count, Options.MaxItemsPerPartition, stream);
        _held += count;
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message = "A partition of the memory streams '{Provider}' ends; {Count} undelivered items are lost.")]
    private static partial void LogLost(ILogger logger, string provider, int count);
}
