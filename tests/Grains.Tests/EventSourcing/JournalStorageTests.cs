using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.EventStore.InMemory;
using Crescent.GrainInterfaces;
using Crescent.Grains.EventSourcing;
using Crescent.Grains.Tests.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.Grains.Tests.EventSourcing;

public sealed class JournalStorageTests
{
    static readonly StreamName Stream = new(StreamCategory.Inventory, "p1");

    readonly FaultyStore _store = new(new InMemoryEventStore(CrescentEvents.Map));
    readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _reads;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadAsync_WhileTheJournalReadsAsWell_ReadsTheStreamOnceForBoth()
    {
        await AppendAsync(version: 0);
        var storage = HeldUpStorage();

        var loaded = storage.LoadAsync(Ct);
        var read = storage.ReadAsync();
        _answer.SetResult();
        await loaded;

        Assert.Equal((1, 1, 1), ((await read).Key, (await read).Value.Version, _reads));
    }

    [Fact]
    public async Task ReadAsync_AfterTheStreamWasLoaded_ReadsWhatHasHappenedSince()
    {
        var storage = HeldUpStorage();
        _answer.SetResult();
        await storage.LoadAsync(Ct);
        // JournaledGrain takes over what the activation has loaded.
        Assert.Equal((0, 1), ((await storage.ReadAsync()).Key, _reads));

        await AppendAsync(version: 0);

        Assert.Equal((1, 2), ((await storage.ReadAsync()).Key, _reads));
    }

    [Fact]
    public async Task LoadAsync_AfterOneThatFailed_ReadsAgain()
    {
        var storage = HeldUpStorage();
        _answer.SetException(new EventStoreUnavailableException("down"));
        await Assert.ThrowsAsync<AggregateUnavailableException>(() => storage.LoadAsync(Ct));
        _store.BeforeRead = null;

        await storage.LoadAsync(Ct);

        Assert.Null(storage.Broken);
    }

    JournalStorage<InventoryItem, InventoryEvent> HeldUpStorage()
    {
        _store.BeforeRead = _ =>
        {
            _reads++;
            return _answer.Task;
        };
        return new(
            Stream, _store, InventoryItem.Initial, static (state, happened) => state.Evolve(happened), new AggregateOptions(),
            TimeProvider.System, NullLogger.Instance);
    }

    async Task AppendAsync(int version)
    {
        var id = Guid.CreateVersion7();
        var created = new NewEvent(
            id, new InventoryEvent.ProductCreated(Stream.Id, "Lamp", new Money(1m, "USD")), new EventMetadata(id, "test", null, null, DateTimeOffset.UnixEpoch));
        Assert.IsType<AppendResult.Appended>(await _store.AppendAsync(new AppendRequest(Stream, version, id, [created]), Ct));
    }
}
