using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streams.Core;

namespace Orleans.Streams;

/// <summary>The observers of one activation, by subscription.</summary>
internal sealed class StreamConsumer(
    IGrainContextAccessor accessor,
    IOptionsMonitor<MemoryStreamOptions> options,
    TimeProvider time,
    ILogger<StreamConsumer> logger) : IStreamConsumer
{
    private readonly IGrainContext _context = accessor.GrainContext;
    private readonly Dictionary<Guid, AttachedObserver> _observers = [];
    private readonly HashSet<Guid> _announced = [];

    public void Attach(Guid subscription, AttachedObserver observer) => _observers[subscription] = observer;

    public void Detach(Guid subscription) => _observers.Remove(subscription);

    public async ValueTask<DeliveryOutcome> Deliver(StreamSubscription subscription, StreamItem[] items)
    {
        var observer = await ObserverOfAsync(subscription);
        if (observer is null)
            return new(items.Length, 0);

        var started = time.GetTimestamp();
        var budget = options.Get(subscription.ProviderName).MaxDeliveryDuration;
        return await observer.DeliverAsync(items, () => time.GetElapsedTime(started) > budget, logger);
    }

    public async ValueTask Skipped(StreamSubscription subscription, string reason)
    {
        if (await ObserverOfAsync(subscription) is { } observer)
            await observer.FailAsync(new StreamEventDeliveryFailureException(reason));
    }

    /// <summary>The observer; a grain that waits to be asked is asked once. Null if there is none: then items are dropped.</summary>
    private async ValueTask<AttachedObserver?> ObserverOfAsync(StreamSubscription subscription)
    {
        if (_observers.TryGetValue(subscription.Id, out var observer))
            return observer;

        if (_context.GrainInstance is not IStreamSubscriptionObserver grain || _announced.Contains(subscription.Id))
            return null;

        await grain.OnSubscribed(new HandleFactory(this, subscription));
        _announced.Add(subscription.Id);
        return _observers.GetValueOrDefault(subscription.Id);
    }

    private sealed class HandleFactory(StreamConsumer consumer, StreamSubscription subscription) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => subscription.Stream;
        public string ProviderName => subscription.ProviderName;
        public GuidId SubscriptionId { get; } = GuidId.GetGuidId(subscription.Id);

        public StreamSubscriptionHandle<T> Create<T>() => new ImplicitSubscriptionHandle<T>(consumer, subscription);
    }
}
