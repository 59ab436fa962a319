using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// Builds all read models and the analytics from the first event, in a database that nobody else writes: to compare them
/// with those that grew with the log.
/// </summary>
public sealed class ReadModelsRebuild
{
    private const int BatchSize = 2000;
    private const string Counter = "rebuild";

    private readonly List<ProjectionRunner> _runners;
    private readonly ILogReader _log;
    private readonly IAnalyticsStore _analytics;

    internal ReadModelsRebuild(
        IEnumerable<IProjection> projections, ILogReader log, ViewsDatabase views, IPersonalKeys keys, ProjectionProgress progress, IAnalyticsStore analytics)
    {
        _runners = [.. projections.Select(projection => new ProjectionRunner(projection, views, keys, progress, lease: null))];
        (_log, _analytics) = (log, analytics);
    }

    /// <summary>Reads the whole log; answers the position it reached.</summary>
    /// <exception cref="InvalidOperationException">The read models are not empty.</exception>
    public async Task<long> RunAsync(CancellationToken ct = default)
    {
        foreach (var runner in _runners)
            if (await runner.ReadCheckpointAsync(ct) != 0)
                throw new InvalidOperationException($"The read model '{runner.Name}' is there already; a rebuild begins with empty tables.");

        var position = 0L;
        while (await _log.ReadLogAsync(position, BatchSize, ct) is { Count: > 0 } page)
        {
            var to = page[^1].Position;
            var increments = page.SelectMany(static recorded => AnalyticsRules.IncrementsOf(recorded.Event, recorded.Metadata.Time));
            await Task.WhenAll([
                .. _runners.Select(runner => runner.ApplyAsync(page, ct)), _analytics.ApplyAsync(Counter, position, to, [.. increments], ct)]);
            position = to;
        }

        return position;
    }
}
