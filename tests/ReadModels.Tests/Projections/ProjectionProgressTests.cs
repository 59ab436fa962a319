using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage.Postgres;
using Crescent.Testing;

namespace Crescent.ReadModels.Tests.Projections;

public sealed class ProjectionProgressTests
{
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Local_PositionNotReachedInTime_AnswersFalse()
    {
        var waiting = new LocalProgress(_time).WaitForAsync("x", 1, s_atMost, Ct);
        await _time.WhenArmedAsync();
        _time.Advance(s_atMost);

        Assert.False(await waiting);
    }

    [Fact]
    public async Task Polled_DatabaseOutOfReach_AnswersFalseWhenTheTimeIsOver()
    {
        using var nowhere = new PostgresViews(
            new PostgresViewsOptions { Database = new() { ConnectionString = "Host=/nowhere" }, Retries = 0 }, TimeProvider.System);
        var waiting = new PolledProgress(nowhere, TimeSpan.FromSeconds(1), _time).WaitForAsync("x", 1, s_atMost, Ct);
        while (!waiting.IsCompleted) await Task.WhenAny(_time.AdvanceToNextAsync(Ct), waiting);

        Assert.False(await waiting);
    }
}
