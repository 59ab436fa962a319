using System.Text.Json;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Products;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.ReadModels.Tests.Projections;

public abstract class ProjectionContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    [Fact]
    public async Task RebuildAsync_AfterAWholeHistory_GivesTheSameRowsAsLive()
    {
        await Scenario.HistoryAsync(_fixture, live: true);
        var live = await DumpAsync();

        foreach (var runner in _fixture.Runners())
            await runner.RebuildAsync(Ct);
        Assert.NotEqual(live, await DumpAsync());
        await _fixture.CatchUpAsync(batchSize: 1000);

        Assert.Equal(live, await DumpAsync());
    }

    [Fact]
    public async Task ApplyAsync_RestartInTheMiddle_GoesOnWithoutDoingAnythingTwice()
    {
        await Scenario.HistoryAsync(_fixture, live: false);
        var events = await _fixture.Store.ReadLogAsync(0, int.MaxValue, Ct);
        foreach (var runner in _fixture.Runners())
            await runner.ApplyAsync([.. events.Take(17)], Ct);

        _fixture.Restart();
        foreach (var runner in _fixture.Runners())
        {
            Assert.Equal(17, await runner.ReadCheckpointAsync(Ct));
            // A batch that overlaps with what was applied, as after a lost answer.
            await runner.ApplyAsync([.. events.Skip(10)], Ct);
        }
        var resumed = await DumpAsync();

        foreach (var runner in _fixture.Runners())
            await runner.RebuildAsync(Ct);
        await _fixture.CatchUpAsync();
        Assert.Equal(await DumpAsync(), resumed);
    }

    [Fact]
    public async Task ApplyAsync_EventFails_LeavesRowsAndCheckpointAsTheyWere()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        var runner = _fixture.Runner(new Poisoned(new ProductProjection(), at: 2));
        var events = await _fixture.Store.ReadLogAsync(0, 10, Ct);

        await Assert.ThrowsAsync<InvalidDataException>(() => runner.ApplyAsync(events, Ct));

        Assert.Equal(0, await runner.ReadCheckpointAsync(Ct));
        Assert.Null(await _fixture.Products.FindAsync("p1", Ct));
        await runner.ApplyAsync([events[0]], Ct);
        Assert.Equal(0, (await _fixture.Products.FindAsync("p1", Ct))!.Available);
    }

    [Fact]
    public async Task Subscription_PoisonedEvent_StopsThatProjectionOnlyAndRetriesWithGrowingPauses()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var poisoned = Subscribe(_fixture.Runner(new Poisoned(new ProductProjection(), at: 2)));
        var healthy = Subscribe(_fixture.Runner(new DueProjection()));

        var running = Task.WhenAll(poisoned.RunAsync(stop.Token), healthy.RunAsync(stop.Token));

        Assert.True(await _fixture.Progress.WaitForAsync(ProjectionNames.Due, 3, TimeSpan.FromSeconds(30), Ct));
        await Testing.Eventually.TrueAsync(() => Task.FromResult(poisoned.Failures >= 2), Ct);
        Assert.Equal(0, await _fixture.Runner(new ProductProjection()).ReadCheckpointAsync(Ct));
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task ReadCheckpointAsync_OtherVersionOfTheProjection_StartsOver()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await _fixture.CatchUpAsync();

        var newer = _fixture.Runner(new Poisoned(new ProductProjection(), at: long.MaxValue, version: 2));

        Assert.Equal(0, await newer.ReadCheckpointAsync(Ct));
        Assert.Null(await _fixture.Products.FindAsync("p1", Ct));
        await _fixture.CatchUpAsync(newer);
        Assert.Equal(10, (await _fixture.Products.FindAsync("p1", Ct))!.Available);
    }

    [Fact]
    public async Task ApplyAsync_StartedOverMeanwhile_IsToldThatEventsAreMissing()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        var runner = _fixture.Runner(new ProductProjection());
        var events = await _fixture.Store.ReadLogAsync(0, 10, Ct);
        await runner.ApplyAsync([events[0]], Ct);
        await runner.RebuildAsync(Ct);

        await Assert.ThrowsAsync<ProjectionGapException>(() => runner.ApplyAsync([events[1]], Ct));
    }

    [Fact]
    public async Task ApplyAsync_AnotherRunnerWentOnMeanwhile_ChangesNothingAndGoesOnFromTheCheckpoint()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        var events = await _fixture.Store.ReadLogAsync(0, 10, Ct);
        var late = _fixture.Runner(new ProductProjection());
        Assert.Equal(0, await late.ReadCheckpointAsync(Ct));
        await _fixture.CatchUpAsync();

        await Assert.ThrowsAsync<CheckpointMovedException>(() => late.ApplyAsync(events, Ct));

        Assert.Equal(10, (await _fixture.Products.FindAsync("p1", Ct))!.Available);
        Assert.Equal(2, await late.ReadCheckpointAsync(Ct));
    }

    [Fact]
    public async Task ApplyAsync_TwoRunnersRace_ApplyEachEventOnce()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        for (var i = 0; i < 30; i++) await _fixture.AppendAsync(StreamCategory.Inventory, "p1", new InventoryEvent.StockReceived("p1", 1));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            var runner = _fixture.Runner(new ProductProjection());
            for (long position; (position = await runner.ReadCheckpointAsync(Ct)) < 32;)
            {
                try
                {
                    await runner.ApplyAsync(await _fixture.Store.ReadLogAsync(position, 1, Ct), Ct);
                }
                catch (CheckpointMovedException)
                {
                    // Somebody else was first.
                }
            }
        }));

        var product = await _fixture.Products.FindAsync("p1", Ct);
        Assert.Equal((40, 32), (product!.Available, product.Version));
    }

    [Fact]
    public async Task WaitForAsync_PositionReachedLater_CompletesThen()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        var waiting = _fixture.Progress.WaitForAsync(ProjectionNames.Products, 2, TimeSpan.FromMinutes(1), Ct);
        Assert.False(waiting.IsCompleted);

        await _fixture.CatchUpAsync(batchSize: 1);

        Assert.True(await waiting);
    }

    private Subscription Subscribe(ISubscriber subscriber) => new(
        subscriber, _fixture.Store, _fixture.Store.Signal, new SubscriptionOptions { FirstRetryDelay = TimeSpan.FromMilliseconds(1) },
        TimeProvider.System, NullLogger<Subscription>.Instance);

    /// <summary>Everything the read models answer.</summary>
    private async Task<string> DumpAsync()
    {
        var all = new PageRequest(PageRequest.MaxLimit);
        var orders = await _fixture.Orders.ListAsync(null, null, all, Ct);
        var timelines = new List<object>();
        foreach (var order in orders.Items)
            timelines.Add(await _fixture.Orders.TimelineAsync(order.Id, all, Ct));
        var due = new List<DueItem>();
        foreach (var kind in Enum.GetValues<DueKind>())
            due.AddRange(await _fixture.Due.ReadAsync(kind, DateTimeOffset.MaxValue.AddDays(-1), null, 1000, Ct));
        return JsonSerializer.Serialize(new
        {
            users = await _fixture.Users.ListAsync(null, all, Ct),
            erased = await _fixture.Users.FindAsync("u1", Ct),
            found = await _fixture.Users.ListAsync("lo", all, Ct),
            orders,
            timelines,
            products = await _fixture.Products.ListAsync(null, all, Ct),
            lamps = await _fixture.Products.ListAsync("lamp", all, Ct),
            sagas = await _fixture.Sagas.ListAsync(null, all, Ct),
            due,
        });
    }

    /// <summary>A projection that fails at a position.</summary>
    private sealed class Poisoned(IProjection inner, long at, int version = 1) : IProjection
    {
        public string Name => inner.Name;

        public int Version => version;

        public IReadOnlyList<IRowWrite> Clear() => inner.Clear();

        public Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct) =>
            batch.Events.Any(recorded => recorded.Position == at)
                ? throw new InvalidDataException("This event is poison.")
                : inner.ApplyAsync(batch, ct);
    }
}
