using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.Grains.EventSourcing;

namespace Crescent.Grains.Tests.EventSourcing;

public sealed class DraftTests
{
    static readonly StreamName Stream = new("inventory", "p1");

    [Fact]
    public void Decide_OneCommandThrows_DecidesTheOthersOnTheStateWithoutIt()
    {
        var undecided = new List<Exception>();
        var commands = new List<PendingCommand<InventoryItem, InventoryEvent>>
        {
            Command(_ => new InventoryEvent.ProductCreated("p1", "Lamp", new Money(1m, "USD"))),
            Command(_ => throw new InvalidOperationException("bug")),
            // Its event can't happen: nothing was reserved.
            Command(_ => new InventoryEvent.StockCommitted("p1", "order", 1)),
            Command(state => InventoryDecider.Receive(state, new ReceiveStock(5)).Events[0]),
        };

        var draft = Draft<InventoryItem, InventoryEvent>.Decide(new EmptyJournal(), Stream, commands, (_, e) => undecided.Add(e));

        Assert.Equal((2, 2, 5L), (commands.Count, draft.Version, draft.State.OnHand));
        Assert.Equal([typeof(InvalidOperationException), typeof(ImpossibleEventException)], undecided.Select(e => e.GetType()));
    }

    [Fact]
    public void Effective_SeveralEventsPerCommand_GiveEachCommandItsLastVersionAndPosition()
    {
        var commands = new List<PendingCommand<InventoryItem, InventoryEvent>>
        {
            Command(_ => new InventoryEvent.ProductCreated("p1", "Lamp", new Money(1m, "USD")), _ => new InventoryEvent.StockReceived("p1", 3)),
            Command(),
            Command(_ => new InventoryEvent.StockReceived("p1", 4)),
        };

        var draft = Draft<InventoryItem, InventoryEvent>.Decide(new EmptyJournal(), Stream, commands, (_, e) => throw e);

        Assert.Equal([new CommandReceipt(2, 99), new CommandReceipt(3, 100)], draft.Effective(lastPosition: 100).Select(it => it.Receipt));
        Assert.Same(commands[1], Assert.Single(draft.Idle));
        Assert.Equal(3, draft.Events.Select(recorded => recorded.EventId).Distinct().Count());
    }

    static PendingCommand<InventoryItem, InventoryEvent, ReceiveStockRejection> Command(params Func<InventoryItem, InventoryEvent>[] events)
    {
        var id = Guid.CreateVersion7();
        return new(
            id, new EventMetadata(id, "test", null, null, DateTimeOffset.UnixEpoch), null,
            state => new Decision<InventoryEvent, ReceiveStockRejection>([.. events.Select(make => make(state))]));
    }

    sealed class EmptyJournal : IJournal<InventoryItem, InventoryEvent>
    {
        public InventoryItem Confirmed => InventoryItem.Initial;

        public int ConfirmedVersion => 0;

        public Exception? Broken => null;

        public InventoryItem Evolve(InventoryItem state, InventoryEvent @event) => state.Evolve(@event);

        public Task<long?> CommitAsync(Draft<InventoryItem, InventoryEvent> draft) => Task.FromResult<long?>(null);

        public Task RefreshAsync() => Task.CompletedTask;

        public Task<CommandReceipt?> FindAsync(Guid commandId) => Task.FromResult<CommandReceipt?>(null);
    }
}
