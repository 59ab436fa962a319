using System.Threading.Channels;
using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Builds all read models and the analytics from the first event, in a database that nobody else writes: to compare them
/// with those that grew with the log. Each event is read and decoded once for all of them; each of them goes through the
/// log by itself, a few pages behind the reader at most.
/// </summary>
public sealed class ReadModelsRebuild
{
    private const int DefaultPageSize = 2000;
    private const int PagesAhead = 4;
    private const string Counter = "rebuild";

    private readonly List<ProjectionRunner> _runners;
    private readonly ILogReader _log;
    private readonly IAnalyticsStore _analytics;
    private readonly int _pageSize;

    internal ReadModelsRebuild(
        IEnumerable<IProjection> projections, ILogReader log, ViewsDatabase views, IPersonalKeys keys, ProjectionProgress progress, IAnalyticsStore analytics,
        int pageSize = DefaultPageSize)
    {
        _runners = [.. projections.Select(projection => new ProjectionRunner(projection, views, keys, progress, lease: null))];
        (_log, _analytics, _pageSize) = (log, analytics, pageSize);
    }

    private delegate Task Build(IReadOnlyList<RecordedEvent> page, CancellationToken ct);

    /// <summary>Reads the whole log; answers the position it reached.</summary>
    /// <exception cref="InvalidOperationException">The read models are not empty.</exception>
    public async Task<long> RunAsync(CancellationToken ct = default)
    {
        foreach (var runner in _runners)
            if (await runner.ReadCheckpointAsync(ct) != 0)
                throw new InvalidOperationException($"The read model '{runner.Name}' is there already; a rebuild begins with empty tables.");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Build[] builds = [.. _runners.Select(static runner => (Build)runner.ApplyAsync), CountAsync];
        var queues = builds.Select(static _ => Channel.CreateBounded<IReadOnlyList<RecordedEvent>>(PagesAhead)).ToArray();
        var reading = ReadAsync(queues, stop.Token);
        await Task.WhenAll([OrStopAllAsync(reading, stop), .. builds.Zip(queues, (build, queue) => OrStopAllAsync(BuildAsync(build, queue.Reader, stop.Token), stop))]);
        return await reading;
    }

    /// <summary>Whoever is slower than the reader takes all pages that wait for it together.</summary>
    private static async Task BuildAsync(Build build, ChannelReader<IReadOnlyList<RecordedEvent>> pages, CancellationToken ct)
    {
        var waiting = new List<RecordedEvent>();
        while (await pages.WaitToReadAsync(ct))
        {
            while (pages.TryRead(out var page)) waiting.AddRange(page);
            await build(waiting, ct);
            waiting.Clear();
        }
    }

    /// <summary>Where one fails, the others would wait for pages, or for room for them, that never come.</summary>
    private static async Task OrStopAllAsync(Task work, CancellationTokenSource stop)
    {
        try
        {
            await work;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task<long> ReadAsync(Channel<IReadOnlyList<RecordedEvent>>[] queues, CancellationToken ct)
    {
        var position = 0L;
        while (await _log.ReadLogAsync(position, _pageSize, ct) is { Count: > 0 } page)
        {
            foreach (var queue in queues) await queue.Writer.WriteAsync(page, ct);
            position = page[^1].Position;
        }

        foreach (var queue in queues) queue.Writer.Complete();
        return position;
    }

    private async Task CountAsync(IReadOnlyList<RecordedEvent> page, CancellationToken ct)
    {
        var from = page[0].Position - 1;
        var increments = page.SelectMany(static recorded => AnalyticsRules.IncrementsOf(recorded.Event, recorded.Metadata.Time));
        if (!await _analytics.ApplyAsync(Counter, from, page[^1].Position, [.. increments], ct)) throw new CheckpointMovedException(Counter, from);
    }
}
