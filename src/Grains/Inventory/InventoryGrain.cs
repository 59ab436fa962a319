using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Inventory;
using Crescent.Grains.EventSourcing;
using Contract = Crescent.GrainInterfaces.Inventory;
using Result = Crescent.GrainInterfaces.CommandResult<Crescent.GrainInterfaces.Inventory.InventoryRejectionReason>;
using Rules = Crescent.Domain.Inventory;

namespace Crescent.Grains.Inventory;

/// <summary>A product and its stock. Everybody who buys it meets here, which is what the pump's batches are for.</summary>
public sealed class InventoryGrain(AggregateServices services)
    : EventSourcedGrain<InventoryItem, InventoryEvent>(services, StreamCategory.Inventory), IInventoryGrain
{
    protected override InventoryItem Initial => InventoryItem.Initial;

    protected override InventoryItem Evolve(InventoryItem state, InventoryEvent @event) => state.Evolve(@event);

    public async Task<Result> Create(Contract.CreateProduct command, CancellationToken cancellationToken)
    {
        var create = new Rules.CreateProduct(Id, command.Name, command.Price, command.Currency, command.Stock);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Create(state, create), cancellationToken: cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe);
    }

    public async Task<Result> Update(Contract.UpdateProduct command, CancellationToken cancellationToken)
    {
        var update = new Rules.UpdateProduct(command.Name, command.Price, command.Currency);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Update(state, update), command.ExpectedVersion, cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe, InventoryRejectionReason.VersionMismatch);
    }

    public async Task<Result> Receive(Contract.ReceiveStock command, CancellationToken cancellationToken)
    {
        var receive = new Rules.ReceiveStock(command.Quantity);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Receive(state, receive), command.ExpectedVersion, cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe, InventoryRejectionReason.VersionMismatch);
    }

    public async Task<Result> Adjust(Contract.AdjustStock command, CancellationToken cancellationToken)
    {
        var adjust = new Rules.AdjustStock(command.By, command.Reason);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Adjust(state, adjust), command.ExpectedVersion, cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe, InventoryRejectionReason.VersionMismatch);
    }

    public async Task<Result> Reserve(Contract.ReserveStock command, CancellationToken cancellationToken)
    {
        var reserve = new Rules.ReserveStock(command.OrderId, command.Quantity, command.ExpiresAt, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Reserve(state, reserve), cancellationToken: cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe);
    }

    public async Task<Result> Release(Contract.ReleaseStock command, CancellationToken cancellationToken)
    {
        var committed = await CommittedQuantityAsync(command, cancellationToken);
        var release = new Rules.ReleaseStock(command.OrderId, command.RefuseUntil, committed);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Release(state, release), cancellationToken: cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe);
    }

    public async Task<Result> Commit(Contract.CommitStock command, CancellationToken cancellationToken)
    {
        var commit = new Rules.CommitStock(command.OrderId, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => InventoryDecider.Commit(state, commit), cancellationToken: cancellationToken);
        return outcome.ToResult(InventoryRejections.Describe);
    }

    public async Task<Result> ExpireReservations(CancellationToken cancellationToken)
    {
        // One decision expires a bounded number; with a fresh command each time, since each time it is other ones.
        CommandOutcome<ExpireReservationsRejection> outcome;
        int before;
        do
        {
            before = CurrentVersion;
            var expire = new Rules.ExpireReservations(Now);
            outcome = await ExecuteAsync(
                Guid.CreateVersion7(), state => InventoryDecider.Expire(state, expire), cancellationToken: cancellationToken);
        }
        while (outcome.Receipt.Version >= before + InventoryDecider.ExpireLimit);
        return outcome.ToResult(InventoryRejections.Describe);
    }

    public async Task<ProductView?> Get(CancellationToken cancellationToken)
    {
        await LookAgainIfUnknownAsync();
        return Current.Price is { } price
            ? new ProductView(Id, Current.Name, price.Amount, price.Currency, Current.OnHand, Current.Available, Current.Reserved, CurrentVersion)
            : null;
    }

    /// <summary>What the order's commit took, when that is so long ago that the state has forgotten it.</summary>
    async Task<int> CommittedQuantityAsync(Contract.ReleaseStock command, CancellationToken cancellationToken)
    {
        var isKnown = Current.Reservations.ContainsKey(command.OrderId)
            || Current.Committed.Contains(command.OrderId)
            || Current.Released.Contains(command.OrderId);
        if (isKnown || !Current.Exists) return 0;
        var left = await ReadCommandAsync(command.CommitCommandId, cancellationToken);
        return left.Select(recorded => recorded.Event).OfType<InventoryEvent.StockCommitted>().Sum(committed => committed.Quantity);
    }
}
