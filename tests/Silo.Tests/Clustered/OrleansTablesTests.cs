using Crescent.Silo.Clustered;
using Crescent.Testing;

namespace Crescent.Silo.Tests.Clustered;

public sealed class OrleansTablesTests : IAsyncDisposable
{
    readonly StoreOfASilo _store = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task StartAsync_OfSeveralSilosAtOnceAndAgain_LeavesTheTablesOnce()
    {
        var others = Enumerable.Range(0, 3).Select(_ => _store.Open()).ToList();

        await Task.WhenAll(others.Select(other => new OrleansTables(other).StartAsync(Ct)));
        await new OrleansTables(_store.Store).StartAsync(Ct);

        foreach (var other in others) await other.DisposeAsync();
        Assert.Equal(5, PostgresServer.Instance.Query<long>(
            _store.Database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'orleans%'"));
        Assert.True(PostgresServer.Instance.Query<long>(_store.Database, "SELECT count(*) FROM OrleansQuery") > 0);
    }
}
