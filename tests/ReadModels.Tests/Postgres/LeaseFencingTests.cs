using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.Postgres;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.ReadModels.Tests.Postgres;

/// <summary>A process that was stopped for a while and believes that it still holds its lease.</summary>
public sealed class LeaseFencingTests : ViewsContract<PostgresViewsFixture>
{
    private const string Name = "consumer/products";

    [Fact]
    public async Task ApplyAsync_LeaseTakenMeanwhile_WritesNothing()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        var events = await _fixture.Store.ReadLogAsync(0, 10, Ct);
        await using var store = NewStore();
        var former = await store.Leases.TryAcquireAsync(Name, "stopped", TimeSpan.FromMinutes(1), Ct);
        var late = _fixture.Runner(new ProductProjection(), former);
        await late.ApplyAsync([events[0]], Ct);
        var holder = await TakeOverAsync(store);

        // The new holder has done nothing yet: the checkpoint alone would let it through.
        await Assert.ThrowsAsync<CheckpointMovedException>(() => late.ApplyAsync([events[1]], Ct));

        Assert.Equal(0, (await _fixture.Products.FindAsync("p1", Ct))!.Available);
        await _fixture.CatchUpAsync(_fixture.Runner(new ProductProjection(), holder));
        Assert.Equal(10, (await _fixture.Products.FindAsync("p1", Ct))!.Available);
    }

    [Fact]
    public async Task MoveAsync_LeaseTakenMeanwhile_KeepsTheCheckpoint()
    {
        await using var store = NewStore();
        var former = await store.Leases.TryAcquireAsync(Name, "stopped", TimeSpan.FromMinutes(1), Ct);
        var checkpoints = new ConsumerCheckpoints(_fixture.Views);
        await checkpoints.MoveAsync("c", 0, 5, former!, Ct);
        var holder = await TakeOverAsync(store);

        await Assert.ThrowsAsync<CheckpointMovedException>(() => checkpoints.MoveAsync("c", 5, 9, former!, Ct));

        Assert.Equal(5, await checkpoints.ReadAsync("c", Ct));
        await checkpoints.MoveAsync("c", 5, 9, holder, Ct);
        await Assert.ThrowsAsync<CheckpointMovedException>(() => checkpoints.MoveAsync("c", 5, 9, holder, Ct));
        Assert.Equal(9, await checkpoints.ReadAsync("c", Ct));
    }

    private async Task<Lease> TakeOverAsync(PostgresEventStore store)
    {
        _fixture.Server.Execute(_fixture.Database, "UPDATE leases SET expires = now()");
        return (await store.Leases.TryAcquireAsync(Name, "awake", TimeSpan.FromMinutes(1), Ct))!;
    }

    private PostgresEventStore NewStore() => new(
        new PostgresEventStoreOptions { Database = _fixture.Options.Database, MasterKey = new byte[32] }, CrescentEvents.Map, TimeProvider.System,
        NullLogger<PostgresEventStore>.Instance);
}
