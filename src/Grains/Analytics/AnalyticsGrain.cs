using System.Globalization;
using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Analytics;
using Crescent.GrainInterfaces.Integration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Crescent.Grains.Analytics;

/// <summary>
/// Counts orders, revenue, units and registrations as the integration streams tell of them. Its key is a partition; it
/// follows that partition of every namespace in which something is counted.
/// </summary>
[ImplicitStreamSubscription(IntegrationStreams.OrderEvents)]
[ImplicitStreamSubscription(IntegrationStreams.PaymentEvents)]
[ImplicitStreamSubscription(IntegrationStreams.InventoryEvents)]
[ImplicitStreamSubscription(IntegrationStreams.UserEvents)]
public sealed partial class AnalyticsGrain(
    IAnalyticsStore buckets, IEventStore store, EventTypeMap types, IOptions<AnalyticsOptions> options, ILogger<AnalyticsGrain> logger)
    : Grain, IAnalyticsGrain, IStreamSubscriptionObserver
{
    static readonly string[] Counted =
        [IntegrationStreams.OrderEvents, IntegrationStreams.PaymentEvents, IntegrationStreams.InventoryEvents, IntegrationStreams.UserEvents];

    readonly Dictionary<string, PartitionCounter> _counters = new(StringComparer.Ordinal);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var partition = int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);
        foreach (var name in Counted) _counters[name] = new PartitionCounter(name, partition, buckets, store, types, options.Value.CatchUpBatch);
        return Task.CompletedTask;
    }

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        var name = handleFactory.StreamId.GetNamespace();
        if (name is null || !_counters.TryGetValue(name, out var counter)) return;
        await handleFactory.Create<IntegrationBatch>().ResumeAsync(
            (batch, _) => counter.ApplyAsync(batch),
            e =>
            {
                LogDeliveryFailed(this.GetPrimaryKeyString(), name, e);
                return Task.CompletedTask;
            });
    }

    public async Task<long> CatchUp(CancellationToken cancellationToken)
    {
        var head = await store.ReadHeadAsync(cancellationToken);
        var reached = await Task.WhenAll(_counters.Values.Select(counter => counter.CatchUpAsync(head)));
        return reached.Min();
    }
}
