using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>What waits for one consumer of one stream. Delivery is in order: an item that is refused holds up those behind it.</summary>
internal sealed partial class ConsumerQueue(MemoryStreamPartitionGrain partition, StreamSubscription subscription, IStreamConsumer consumer)
{
    private readonly Queue<StreamItem> _items = [];
    private Task _delivery = Task.CompletedTask;
    private bool _isDelivering;
    private long? _failingSince;
    private TimeSpan _retryDelay;

    public bool IsIdle => _items.Count == 0 && !_isDelivering;

    public void Add(StreamItem item) => _items.Enqueue(item);

    /// <summary>Delivers what has been added, unless a delivery is going on already: it takes all there is.</summary>
    public void Start()
    {
        if (_isDelivering)
            return;
        _isDelivering = true;
        _delivery = DeliverAllAsync();
    }

    private async Task DeliverAllAsync()
    {
        var limit = partition.Options.MaxItemsPerDelivery;
        while (_items.Count > 0 && !partition.IsStopped)
        {
            var outcome = await DeliverAsync(NextItems(limit));
            Remove(outcome.Delivered);
            if (outcome.Refused == 0)
            {
                _failingSince = null;
                limit = partition.Options.MaxItemsPerDelivery;
                continue;
            }

            // The refused items are delivered again alone, so that what is skipped in the end is what was refused.
            limit = outcome.Refused;
            if (outcome.Delivered > 0)
                _failingSince = null;
            await RetryLaterOrSkipAsync(outcome.Refused);
        }

        _isDelivering = false;
        partition.Forget(subscription.Stream);
    }

    private StreamItem[] NextItems(int limit)
    {
        var items = new StreamItem[Math.Min(_items.Count, limit)];
        var i = 0;
        foreach (var item in _items)
        {
            if (i == items.Length)
                break;
            items[i++] = item;
        }

        return items;
    }

    private async ValueTask<DeliveryOutcome> DeliverAsync(StreamItem[] items)
    {
        try
        {
            return await consumer.Deliver(subscription, items);
        }
        catch (Exception e)
        {
            // Whether the observer has seen some of it is unknown: it gets them again.
            LogDeliveryFailed(partition.Logger, e, subscription.Stream, subscription.ProviderName);
            return new(0, items.Length);
        }
    }

    private async ValueTask RetryLaterOrSkipAsync(int refused)
    {
        var now = partition.Time.GetTimestamp();
        if (_failingSince is null)
        {
            _failingSince = now;
            _retryDelay = partition.Options.FirstRetryDelay;
        }

        if (partition.Time.GetElapsedTime(_failingSince.Value, now) >= partition.MaxEventDeliveryTime)
        {
            await SkipAsync(refused);
            return;
        }

        await Task.Delay(_retryDelay, partition.Time);
        _retryDelay = _retryDelay * 2 < partition.Options.LongestRetryDelay ? _retryDelay * 2 : partition.Options.LongestRetryDelay;
    }

    private async ValueTask SkipAsync(int refused)
    {
        Remove(refused);
        _failingSince = null;
        LogSkipped(partition.Logger, refused, subscription.Stream, subscription.ProviderName, partition.MaxEventDeliveryTime);
        try
        {
            await consumer.Skipped(subscription, $"{refused} item(s) of {subscription.Stream} were refused for {partition.MaxEventDeliveryTime} and are skipped.");
        }
        catch (Exception e)
        {
            LogDeliveryFailed(partition.Logger, e, subscription.Stream, subscription.ProviderName);
        }
    }

    private void Remove(int count)
    {
        for (var i = 0; i < count; i++)
            _items.Dequeue();
        partition.Release(count);
    }

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "Delivering {Stream} of '{Provider}' to its consumer failed; it is tried again.")]
    private static partial void LogDeliveryFailed(ILogger logger, Exception exception, StreamId stream, string provider);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Error, Message = "{Count} items of {Stream} of '{Provider}' are skipped: their consumer has refused them for {Time}.")]
    private static partial void LogSkipped(ILogger logger, int count, StreamId stream, string provider, TimeSpan time);
}
