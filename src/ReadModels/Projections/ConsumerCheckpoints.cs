using Crescent.EventStore.Leases;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Checkpoints of consumers whose effect is elsewhere (a grain call): written after the effect, which therefore happens
/// at least once and must be idempotent.
/// </summary>
public sealed class ConsumerCheckpoints(ViewsDatabase views)
{
    private const int CheckpointVersion = 1;

    public async Task<long> ReadAsync(string consumer, CancellationToken ct = default) =>
        (await views.ReadCheckpointAsync(NameOf(consumer), ct))?.Position ?? 0;

    /// <exception cref="CheckpointMovedException">It is not at <paramref name="from"/>, or the lease is somebody else's by now.</exception>
    public async Task MoveAsync(string consumer, long from, long to, Lease lease, CancellationToken ct = default)
    {
        var move = new CheckpointMove(NameOf(consumer), new Checkpoint(CheckpointVersion, from), new Checkpoint(CheckpointVersion, to));
        if (!await views.CommitAsync(move, lease, [], ct)) throw new CheckpointMovedException(consumer, from);
    }

    private static string NameOf(string consumer) => $"consumer/{consumer}";
}

/// <summary>Somebody else goes on from here, or the consumer was started over: it reads its checkpoint anew.</summary>
public sealed class CheckpointMovedException(string consumer, long position)
    : Exception($"The consumer '{consumer}' does not stand at position {position} any more, or its lease is somebody else's; it goes on from its checkpoint.");
