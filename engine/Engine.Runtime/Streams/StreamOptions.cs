using Orleans.Streams;

namespace Orleans.Configuration;

/// <summary>How many partitions the streams of a provider are spread over.</summary>
public class HashRingStreamQueueMapperOptions
{
    public const int DEFAULT_NUM_QUEUES = 8;

    /// <summary>The number of partitions; at least 1.</summary>
    public int TotalQueueCount { get; set; } = DEFAULT_NUM_QUEUES;
}

/// <summary>Which kinds of subscription a provider has.</summary>
public class StreamPubSubOptions
{
    public const StreamPubSubType DEFAULT_STREAM_PUBSUB_TYPE = StreamPubSubType.ExplicitGrainBasedAndImplicit;

    public StreamPubSubType PubSubType { get; set; } = DEFAULT_STREAM_PUBSUB_TYPE;
}

/// <summary>How the items of a partition are delivered.</summary>
public class StreamPullingAgentOptions
{
    public static readonly TimeSpan DEFAULT_MAX_EVENT_DELIVERY_TIME = TimeSpan.FromMinutes(1);

    /// <summary>How long an item that its consumer refuses is tried again before it is skipped.</summary>
    public TimeSpan MaxEventDeliveryTime { get; set; } = DEFAULT_MAX_EVENT_DELIVERY_TIME;
}

/// <summary>The bounds of memory streams.</summary>
internal sealed class MemoryStreamOptions
{
    /// <summary>How many undelivered items a partition holds; one more is refused at the producer.</summary>
    public int MaxItemsPerPartition { get; set; } = 16_384;

    /// <summary>How many items one delivery carries at most.</summary>
    public int MaxItemsPerDelivery { get; set; } = 256;

    /// <summary>A delivery that has taken this long ends with what it has got through, well before its call times out.</summary>
    public TimeSpan MaxDeliveryDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The first wait before a refused item is tried again; it doubles each time.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest such wait.</summary>
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(5);
}
