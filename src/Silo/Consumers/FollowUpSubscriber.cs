using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.Grains;
using Crescent.ReadModels.Projections;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Consumers;

/// <summary>
/// Sees to what follows from the events of one category: for each aggregate in order, for several at a time. The
/// checkpoint comes after the effect, so that whatever a crash cuts short is done again.
/// </summary>
internal sealed class FollowUpSubscriber(
    string name, string category, FollowUps followUps, ConsumerCheckpoints checkpoints, IOptions<ConsumerOptions> options, Lease lease)
    : ISubscriber
{
    /// <summary>So many positions may be read again after a restart for having nothing that follows from them.</summary>
    private const int MaxUnsaved = 2000;

    private long _saved;

    public string Name => name;

    public async Task<long> ReadCheckpointAsync(CancellationToken ct) => _saved = await checkpoints.ReadAsync(name, ct);

    public async Task ApplyAsync(IReadOnlyList<RecordedEvent> events, CancellationToken ct)
    {
        var streams = events.Where(recorded => recorded.Stream.Category == category).GroupBy(static recorded => recorded.Stream.Id).ToList();
        await Parallel.ForEachAsync(
            streams, new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxParallel, CancellationToken = ct },
            async (stream, token) =>
            {
                foreach (var recorded in stream)
                    await followUps.ApplyAsync(recorded, token);
            });

        var position = events[^1].Position;
        if (streams.Count == 0 && position - _saved < MaxUnsaved) return;
        await checkpoints.MoveAsync(name, _saved, position, lease, ct);
        _saved = position;
    }
}
