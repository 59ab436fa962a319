using Crescent.EventStore;
using Crescent.ReadModels;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage.Postgres;
using Crescent.ReadModels.Tests;
using Crescent.Silo.Clustered;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.Silo.Tests.Clustered;

/// <summary>A host that asks, on the database of a silo that writes.</summary>
public sealed class ClusteredQueriesTests : IAsyncDisposable
{
    readonly StoreOfASilo _silo = new();
    readonly PostgresViews _views;
    readonly ServiceProvider _host;

    public ClusteredQueriesTests()
    {
        var postgres = new PostgresOptions { ConnectionString = PostgresServer.Instance.ConnectionString(_silo.Database) };
        _views = new PostgresViews(postgres.Views, TimeProvider.System);
        _host = new ServiceCollection()
            .AddClusteredQueries(postgres, new Secrets(new byte[32], new byte[32], new byte[32], new byte[32], new Dictionary<string, string>()))
            .BuildServiceProvider();
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _views.Dispose();
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task TimelineAsync_EventsOfASilo_AreShownAsFarAsItsReadModelStands()
    {
        await _silo.Store.StartAsync(Ct);
        await _views.MigrateAsync(Ct);
        await PlaceAsync("o1");
        var orders = new ProjectionRunner(
            new OrderProjection(), _views, _silo.Store.PersonalKeys, new PolledProgress(_views, TimeSpan.FromMilliseconds(1), TimeProvider.System), lease: null);
        await orders.ApplyAsync(await _silo.Store.ReadLogAsync(0, 10, Ct), Ct);
        await PlaceAsync("o2");
        var queries = _host.GetRequiredService<OrderQueries>();

        Assert.Equal("order.placed", Assert.Single((await queries.TimelineAsync("o1", new PageRequest(10), Ct)).Items).Type);
        Assert.Empty((await queries.TimelineAsync("o2", new PageRequest(10), Ct)).Items);
    }

    [Fact]
    public void Host_ThatOnlyAsks_HasNothingToAppendWith() => Assert.Null(_host.GetService<IEventStore>());

    async Task PlaceAsync(string orderId)
    {
        var metadata = new EventMetadata(Guid.CreateVersion7(), "correlation", null, null, ViewsFixture.Start);
        var placed = new NewEvent(Guid.CreateVersion7(), Scenario.Placed(orderId), metadata);
        Assert.IsType<AppendResult.Appended>(
            await _silo.Store.AppendAsync(new AppendRequest(new StreamName(StreamCategory.Order, orderId), 0, metadata.CommandId, [placed]), Ct));
    }
}
