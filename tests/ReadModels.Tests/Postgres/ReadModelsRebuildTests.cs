using Crescent.Domain.Analytics;
using Crescent.ReadModels.Analytics;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;
using Crescent.Testing;

namespace Crescent.ReadModels.Tests.Postgres;

public sealed class ReadModelsRebuildTests : ViewsContract<PostgresViewsFixture>
{
    [Fact]
    public async Task RunAsync_BesideWhatGrewWithTheLog_GivesTheSameRows()
    {
        await Scenario.HistoryAsync(_fixture, live: true);
        await CountAsync();

        var reached = await RebuildAsync();

        Assert.Equal(await _fixture.Store.ReadHeadAsync(Ct), reached);
        Assert.Empty(await CompareAsync());
    }

    [Fact]
    public async Task RunAsync_ManyPages_GivesTheSameRows()
    {
        await Scenario.HistoryAsync(_fixture, live: true);
        await CountAsync();

        await RebuildAsync(pageSize: 1);

        Assert.Empty(await CompareAsync());
    }

    [Fact]
    public async Task RunAsync_OneReadModelFails_EndsWithItsFailure()
    {
        await Scenario.HistoryAsync(_fixture, live: false);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => RebuildAsync(pageSize: 1, new BrokenProjection()).WaitAsync(TimeSpan.FromMinutes(1), Ct));

        Assert.Equal(BrokenProjection.Reason, failure.Message);
    }

    [Fact]
    public async Task Comparison_RowsThatDiffer_AreNamed()
    {
        await Scenario.HistoryAsync(_fixture, live: true);
        await RebuildAsync();
        _fixture.Server.Execute(_fixture.Database, "UPDATE order_views SET status = 'lost' WHERE order_id = 'o1'");

        var differences = await CompareAsync();

        Assert.Equal(2, differences.Count);
        Assert.Contains("order_views: 1 rows only in public, 1 only in rebuilt", differences[0], StringComparison.Ordinal);
        Assert.Contains("analytics_buckets: 0 rows only in public", differences[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TablesNotEmpty_Refuses()
    {
        await Scenario.HistoryAsync(_fixture, live: false);
        await RebuildAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => RebuildAsync());
    }

    private async Task<long> RebuildAsync(int pageSize = 100, params IProjection[] more)
    {
        var views = _fixture.Open(_fixture.Options with { Schema = PostgresViewsFixture.OtherSchema });
        await views.MigrateAsync(Ct);
        var rebuild = new ReadModelsRebuild(
            [.. _fixture.Projections, .. more], _fixture.Store, views, _fixture.Store.PersonalKeys, _fixture.Progress, new AnalyticsStore(views), pageSize);
        return await rebuild.RunAsync(Ct);
    }

    private async Task<List<string>> CompareAsync()
    {
        await using var connection = _fixture.Server.Connect(_fixture.Database);
        return await ViewsComparison.CompareAsync(connection, "public", PostgresViewsFixture.OtherSchema, Ct);
    }

    private async Task CountAsync()
    {
        var at = 0L;
        foreach (var recorded in await _fixture.Store.ReadLogAsync(0, int.MaxValue, Ct))
        {
            await _fixture.Analytics.ApplyAsync("live", at, recorded.Position, AnalyticsRules.IncrementsOf(recorded.Event, recorded.Metadata.Time), Ct);
            at = recorded.Position;
        }
    }

    private sealed class BrokenProjection : IProjection
    {
        public const string Reason = "broken on purpose";

        public string Name => "broken";

        public int Version => 1;

        public IReadOnlyList<IRowWrite> Clear() => [];

        public Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct) => throw new InvalidOperationException(Reason);
    }
}
