using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces;
using Crescent.Grains.EventSourcing;
using Crescent.Grains.Tests.Testing;
using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using ReceiveStock = Crescent.GrainInterfaces.Inventory.ReceiveStock;

namespace Crescent.Grains.Tests.EventSourcing;

/// <summary>What the pump and the storage below it promise, shown on a product's stock.</summary>
public sealed class CommandPumpTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_ManyAtOnce_AreCommittedInFewBatches()
    {
        await using var silo = await TestSilo.StartAsync();
        var product = silo.Product(await silo.ProductAsync(0));
        var before = silo.Store.Appends;

        // The first commit takes until the others have come, as those of a real store do.
        var haveCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnceBeforeAppend(silo, _ => haveCome.Task);

        var commands = Enumerable.Range(0, 1000).Select(_ => product.Receive(Receive(), Ct)).ToList();
        await product.Get(Ct);
        haveCome.SetResult();
        var results = await Task.WhenAll(commands);

        Assert.All(results, result => Assert.True(result.IsAccepted));
        Assert.Equal(1000, results.Select(result => result.Version).Distinct().Count());
        Assert.Equal(1000, results.Select(result => result.Position).Distinct().Count());
        Assert.InRange(silo.Store.Appends - before, 1, 200);
        Assert.Equal(1000, (await product.Get(Ct))!.OnHand);
    }

    [Fact]
    public async Task Command_StreamWrittenByAnother_IsDecidedAgainOnWhatIsThere()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(5);
        // Somebody else, such as a second activation after a partition, takes the last units.
        var other = OnceBeforeAppend(silo, request => silo.Log.AppendAsync(request with
        {
            BatchId = Guid.CreateVersion7(),
            Events = [new NewEvent(Guid.CreateVersion7(), new InventoryEvent.StockAdjusted(id, -5, "elsewhere"), Metadata(Guid.CreateVersion7()))],
        }, Ct).AsTask());

        var result = await silo.Product(id).Reserve(Reserve(1), Ct);

        Assert.True(other());
        Assert.Equal(InventoryRejectionReason.OutOfStock, result.Reason);
        Assert.Equal(0, (await silo.Product(id).Get(Ct))!.OnHand);
    }

    [Fact]
    public async Task Command_RejectedOnAStateThatAnotherHasLeftBehind_IsDecidedAgain()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(0);
        // Somebody else, such as a second activation while grains move, has received stock; this one has not seen it.
        await silo.Log.AppendAsync(
            new AppendRequest(
                new StreamName(StreamCategory.Inventory, id), 1, Guid.CreateVersion7(),
                [new NewEvent(Guid.CreateVersion7(), new InventoryEvent.StockReceived(id, 5), Metadata(Guid.CreateVersion7()))]),
            Ct);

        var result = await silo.Product(id).Reserve(Reserve(1), Ct);

        Assert.True(result.IsAccepted);
        Assert.Equal(4, (await silo.Product(id).Get(Ct))!.Available);
    }

    [Fact]
    public async Task Command_RejectedWithTheStoreOutOfReach_IsUnavailable()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(0);
        silo.Store.BeforeRead = _ => throw new EventStoreUnavailableException("down");

        await Assert.ThrowsAsync<AggregateUnavailableException>(() => silo.Product(id).Reserve(Reserve(1), Ct));
        silo.Store.BeforeRead = null;

        Assert.Equal(InventoryRejectionReason.OutOfStock, (await silo.Product(id).Reserve(Reserve(1), Ct)).Reason);
    }

    [Fact]
    public async Task Read_OfWhatAnotherCreatedAfterTheActivation_ShowsIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = Guid.CreateVersion7().ToString();
        Assert.Null(await silo.Product(id).Get(Ct));
        // Somebody else, such as the activation that this one follows, was not done yet.
        var created = new InventoryEvent.ProductCreated(id, "Lamp", new Money(10, "USD"));
        await silo.Log.AppendAsync(
            new AppendRequest(
                new StreamName(StreamCategory.Inventory, id), 0, Guid.CreateVersion7(),
                [new NewEvent(Guid.CreateVersion7(), created, Metadata(Guid.CreateVersion7()))]),
            Ct);

        Assert.Equal("Lamp", (await silo.Product(id).Get(Ct))!.Name);
    }

    [Fact]
    public async Task Read_OfNothingWithTheStoreOutOfReach_IsUnavailable()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = Guid.CreateVersion7().ToString();
        Assert.Null(await silo.Product(id).Get(Ct));
        silo.Store.BeforeRead = _ => throw new EventStoreUnavailableException("down");

        await Assert.ThrowsAsync<AggregateUnavailableException>(() => silo.Product(id).Get(Ct));
        silo.Store.BeforeRead = null;

        Assert.Null(await silo.Product(id).Get(Ct));
    }

    [Fact]
    public async Task Command_AnswerOfTheStoreLost_StandsOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(0);
        var lost = 0;
        silo.Store.AfterAppend = _ => Interlocked.Increment(ref lost) == 1 ? throw new EventStoreUnavailableException("reply lost") : Task.CompletedTask;

        var result = await silo.Product(id).Receive(Receive(7), Ct);

        Assert.True(result.IsAccepted);
        Assert.True(lost > 1);
        Assert.Equal(7, (await silo.Product(id).Get(Ct))!.OnHand);
        Assert.Equal(2, (await silo.EventsAsync("inventory", id)).Count);
    }

    [Fact]
    public async Task Command_StoreOutOfReach_IsUnavailableAndRepeatableLater()
    {
        await using var silo = await TestSilo.StartAsync(services =>
            services.Configure<AggregateOptions>(options => options.AppendTimeout = TimeSpan.FromMilliseconds(300)));
        var id = await silo.ProductAsync(0);
        var command = Receive(3);
        silo.Store.BeforeAppend = _ => throw new EventStoreUnavailableException("down");

        await Assert.ThrowsAsync<AggregateUnavailableException>(() => silo.Product(id).Receive(command, Ct));
        silo.Store.BeforeAppend = null;
        var result = await silo.Product(id).Receive(command, Ct);

        Assert.True(result.IsAccepted);
        Assert.Equal(3, (await silo.Product(id).Get(Ct))!.OnHand);
    }

    [Fact]
    public async Task Command_CommittedButStoreGoneAfterwards_IsRecognisedWhenRepeated()
    {
        await using var silo = await TestSilo.StartAsync(services =>
            services.Configure<AggregateOptions>(options => options.AppendTimeout = TimeSpan.FromMilliseconds(300)));
        var id = await silo.ProductAsync(0);
        var command = Receive(3);
        silo.Store.AfterAppend = _ => throw new EventStoreUnavailableException("reply lost, every time");

        await Assert.ThrowsAsync<AggregateUnavailableException>(() => silo.Product(id).Receive(command, Ct));
        silo.Store.AfterAppend = null;
        var result = await silo.Product(id).Receive(command, Ct);

        Assert.True(result.IsAccepted);
        Assert.Equal(2, (await silo.EventsAsync("inventory", id)).Count);
    }

    [Fact]
    public async Task Activation_StreamOutOfReach_IsUnavailable()
    {
        await using var silo = await TestSilo.StartAsync();
        silo.Store.BeforeRead = _ => throw new EventStoreUnavailableException("down");

        await Assert.ThrowsAsync<AggregateUnavailableException>(() => silo.Product("nobody").Get(Ct));
        silo.Store.BeforeRead = null;

        Assert.Null(await silo.Product("nobody").Get(Ct));
    }

    [Fact]
    public async Task Command_RepeatedBeyondEveryWindow_IsAnsweredLikeTheFirstTime()
    {
        await using var silo = await TestSilo.StartAsync(services => services.Configure<AggregateOptions>(options => options.RecentCommands = 4));
        var product = silo.Product(await silo.ProductAsync(0));
        var command = Receive();
        var first = await product.Receive(command, Ct);
        for (var i = 0; i < 20; i++) await product.Receive(Receive(), Ct);

        var again = await product.Receive(command, Ct);

        Assert.Equal(first, again);
        Assert.Equal(21, (await product.Get(Ct))!.OnHand);
    }

    [Fact]
    public async Task Command_RepeatedWhenItWouldBeRejectedNow_IsAnsweredAsAccepted()
    {
        await using var silo = await TestSilo.StartAsync(services => services.Configure<AggregateOptions>(options => options.RecentCommands = 0));
        var product = silo.Product(await silo.ProductAsync(1));
        var adjust = new GrainInterfaces.Inventory.AdjustStock(Guid.CreateVersion7(), -1, "broken");
        var first = await product.Adjust(adjust, Ct);

        var again = await product.Adjust(adjust, Ct);

        Assert.True(first.IsAccepted);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Command_SentTwiceAtOnce_StandsOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var product = silo.Product(await silo.ProductAsync(0));
        var command = Receive();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => product.Receive(command, Ct)));

        Assert.Single(results.Distinct());
        Assert.Equal(1, (await product.Get(Ct))!.OnHand);
    }

    [Fact]
    public async Task Command_ForAnotherVersion_IsRejected()
    {
        await using var silo = await TestSilo.StartAsync();
        var product = silo.Product(await silo.ProductAsync(5));

        var result = await product.Receive(new ReceiveStock(Guid.CreateVersion7(), 1, ExpectedVersion: 1), Ct);

        Assert.Equal(InventoryRejectionReason.VersionMismatch, result.Reason);
        Assert.Equal(2, result.Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task State_WithAndWithoutSnapshots_IsTheSame(int snapshotEvery)
    {
        Action<IServiceCollection> configure = services => services.Configure<AggregateOptions>(options => options.SnapshotEvery = snapshotEvery);
        await using var silo = await TestSilo.StartAsync(configure);
        var id = await silo.ProductAsync(0);
        for (var i = 0; i < 25; i++) await silo.Product(id).Receive(Receive(), Ct);
        await silo.Product(id).Reserve(Reserve(4), Ct);
        var before = await silo.Product(id).Get(Ct);

        await silo.RestartAsync(configure);

        Assert.Equal(before, await silo.Product(id).Get(Ct));
        Assert.Equal(snapshotEvery > 0, silo.Store.SnapshotsRead > 0);
    }

    [Fact]
    public async Task Snapshots_DueMoreOftenThanTheirInterval_AreWrittenOnceAndWhenTheGrainEnds()
    {
        await using var silo = await TestSilo.StartAsync(services => services.Configure<AggregateOptions>(
            options => (options.SnapshotEvery, options.SnapshotInterval) = (10, TimeSpan.FromHours(1))));
        var id = await silo.ProductAsync(0);
        for (var i = 0; i < 45; i++) await silo.Product(id).Receive(Receive(), Ct);
        await Eventually.TrueAsync(() => Task.FromResult(silo.Store.SnapshotsWritten > 0), Ct);

        await silo.RestartAsync();

        Assert.Equal(2, silo.Store.SnapshotsWritten);
        Assert.Equal(46, (await silo.Log.ReadSnapshotAsync<InventoryItem>(new StreamName("inventory", id), Ct))!.Version);
    }

    [Fact]
    public async Task Snapshots_IntervalOver_AreWrittenAgain()
    {
        await using var silo = await TestSilo.StartAsync(services => services.Configure<AggregateOptions>(
            options => (options.SnapshotEvery, options.SnapshotInterval) = (10, TimeSpan.Zero)));
        var product = silo.Product(await silo.ProductAsync(0));

        for (var i = 0; i < 45; i++) await product.Receive(Receive(), Ct);

        await Eventually.TrueAsync(() => Task.FromResult(silo.Store.SnapshotsWritten > 1), Ct);
    }

    [Fact]
    public async Task Activation_ShortStream_AsksForNoSnapshot()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(5);
        await silo.RestartAsync();

        await silo.Product(id).Get(Ct);

        Assert.Equal(0, silo.Store.SnapshotsAskedFor);
    }

    [Fact]
    public async Task Event_Recorded_CarriesWhatItsCommandWasEnqueuedWith()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.ProductAsync(0);
        var command = Receive();
        RequestContext.Set(RequestContextKeys.CorrelationId, "request-1");
        RequestContext.Set(RequestContextKeys.CausationId, "click-1");

        await silo.Product(id).Receive(command, Ct);

        var recorded = Assert.Single(await silo.Log.ReadCommandAsync(new StreamName("inventory", id), command.CommandId, Ct));
        Assert.Equal(("request-1", "click-1"), (recorded.Metadata.CorrelationId, recorded.Metadata.CausationId));
    }

    static ReceiveStock Receive(int quantity = 1) => new(Guid.CreateVersion7(), quantity);

    static GrainInterfaces.Inventory.ReserveStock Reserve(int quantity) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7().ToString(), quantity, DateTimeOffset.UtcNow.AddMinutes(15));

    static EventMetadata Metadata(Guid commandId) => new(commandId, "elsewhere", null, null, DateTimeOffset.UtcNow);

    /// <summary>Does something before the next append only; the answer tells whether it was done.</summary>
    static Func<bool> OnceBeforeAppend(TestSilo silo, Func<AppendRequest, Task> act)
    {
        var times = 0;
        silo.Store.BeforeAppend = request => Interlocked.Increment(ref times) == 1 ? act(request) : Task.CompletedTask;
        return () => times > 0;
    }
}
