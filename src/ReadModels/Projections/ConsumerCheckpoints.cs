namespace Crescent.ReadModels.Projections;

/// <summary>
/// Checkpoints of consumers whose effect is elsewhere (a grain call): written after the effect, which therefore happens
/// at least once and must be idempotent.
/// </summary>
public sealed class ConsumerCheckpoints(ViewsDatabase views)
{
    private const int CheckpointVersion = 1;

    public Task<long> ReadAsync(string consumer, CancellationToken ct = default) =>
        views.Sqlite.ReadAsync(session => Checkpoints.Read(session, NameOf(consumer))?.Position ?? 0, ct);

    public Task WriteAsync(string consumer, long position, CancellationToken ct = default) =>
        views.Sqlite.WriteAsync(session => Checkpoints.Write(session, NameOf(consumer), CheckpointVersion, position), ct);

    private static string NameOf(string consumer) => $"consumer/{consumer}";
}
