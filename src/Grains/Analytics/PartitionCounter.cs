using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Integration;
using Crescent.Grains.Integration;

namespace Crescent.Grains.Analytics;

/// <summary>
/// Counts one partition of one namespace, each event once: what is counted and the position up to which it is are
/// stored in one transaction, which fails if somebody else has counted meanwhile.
/// </summary>
sealed class PartitionCounter(
    string streamNamespace, int partition, IAnalyticsStore buckets, IEventStore store, EventTypeMap types, int catchUpBatch)
{
    readonly string _consumer = $"analytics/{streamNamespace}/{partition}";
    long? _checkpoint;

    /// <summary>Counts what the item carries, or what the log has if the item does not follow on what was counted.</summary>
    public async Task ApplyAsync(IntegrationBatch batch)
    {
        var from = await CheckpointAsync();
        var fresh = batch.Events.Where(e => e.Position > from).ToList();
        if (fresh is [var first, ..] && first.PreviousPosition <= from)
        {
            var increments = fresh.SelectMany(e =>
                AnalyticsRules.IncrementsOf(IntegrationJson.Decode(types, e.Type, e.DataSchemaVersion, e.Data), e.Time));
            await CommitAsync(from, fresh[^1].Position, increments);
        }

        if (batch.HeadPosition > await CheckpointAsync()) await CatchUpAsync(batch.HeadPosition);
    }

    /// <summary>Counts from the log, up to a position at least.</summary>
    public async Task<long> CatchUpAsync(long position)
    {
        for (var from = await CheckpointAsync(); from < position; from = await CheckpointAsync())
        {
            var page = await store.ReadLogAsync(from, catchUpBatch);
            if (page.Count == 0) break;
            var increments = page.Where(IsMine).SelectMany(recorded => AnalyticsRules.IncrementsOf(recorded.Event, recorded.Metadata.Time));
            await CommitAsync(from, page[^1].Position, increments);
        }

        return await CheckpointAsync();
    }

    bool IsMine(RecordedEvent recorded) =>
        IntegrationEvents.NamespaceOf(recorded.Stream.Category) == streamNamespace
        && IntegrationStreams.PartitionOf(recorded.Stream.Id) == partition;

    async Task CommitAsync(long from, long to, IEnumerable<BucketIncrement> increments)
    {
        // Whatever goes wrong here, what is stored decides how far it got.
        _checkpoint = null;
        if (await buckets.ApplyAsync(_consumer, from, to, [.. increments])) _checkpoint = to;
    }

    async Task<long> CheckpointAsync() => _checkpoint ??= await buckets.ReadCheckpointAsync(_consumer);
}
