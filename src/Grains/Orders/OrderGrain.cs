using Crescent.Domain;
using Crescent.Domain.Orders;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EventSourcing;
using Microsoft.Extensions.Options;
using Contract = Crescent.GrainInterfaces.Orders;
using Result = Crescent.GrainInterfaces.CommandResult<Crescent.GrainInterfaces.Orders.OrderRejectionReason>;
using Rules = Crescent.Domain.Orders;

namespace Crescent.Grains.Orders;

/// <summary>
/// An order. It knows what was asked for and where it stands; how it gets anywhere is its saga's business, which it
/// nudges at once and which the log's followers start in any case.
/// </summary>
public sealed partial class OrderGrain(AggregateServices services, IOptions<OrderOptions> options)
    : EventSourcedGrain<Order, OrderEvent>(services, StreamCategory.Order), IOrderGrain
{
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task _nudge = Task.CompletedTask;

    protected override Order Initial => Order.Initial;

    protected override Order Evolve(Order state, OrderEvent @event) => state.Evolve(@event);

    public async Task<Result> Place(Contract.PlaceOrder command, string bodyDigest, CancellationToken cancellationToken)
    {
        var place = await LookUpAsync(command, bodyDigest, cancellationToken);
        // With another body it is another command: the same id would be answered as a repetition of the first.
        var commandId = DerivedId.From("place-order", Id, bodyDigest);
        var outcome = await ExecuteAsync(commandId, state => OrderDecider.Place(state, place), cancellationToken: cancellationToken);
        if (outcome.IsAccepted && !Current.HasEnded) Nudge(saga => saga.Start());
        return outcome.ToResult(OrderRejections.Describe);
    }

    public async Task<Result> Cancel(CancelOrder command, CancellationToken cancellationToken)
    {
        if (CurrentVersion == 0 || !command.Caller.MayActFor(Current.UserId)) return Rejected(OrderRejections.NotFound);
        var cancel = new RequestCancellation(Now);
        var outcome = await ExecuteAsync(
            command.CommandId, state => OrderDecider.RequestCancel(state, cancel), command.ExpectedVersion, cancellationToken);
        if (outcome.IsAccepted && !Current.HasEnded) Nudge(saga => saga.RequestCancel());
        return outcome.ToResult(OrderRejections.Describe, OrderRejectionReason.VersionMismatch);
    }

    public Task<Result> Advance(AdvanceOrder command, CancellationToken cancellationToken)
    {
        var (id, now) = (command.CommandId, Now);
        return command.Status switch
        {
            Contract.OrderStatus.Confirmed => Move(state => OrderDecider.Confirm(state, new ConfirmOrder(now)), OrderRejections.Describe),
            Contract.OrderStatus.Shipped => Move(state => OrderDecider.Ship(state, new ShipOrder(now)), OrderRejections.Describe),
            Contract.OrderStatus.Completed => Move(state => OrderDecider.Complete(state, new CompleteOrder(now)), OrderRejections.Describe),
            Contract.OrderStatus.Cancelled => Move(state => OrderDecider.FinishCancel(state, new FinishCancellation(now)), OrderRejections.Describe),
            Contract.OrderStatus.Rejected => Move(
                state => OrderDecider.Reject(state, new RejectOrder(Wording.Parse<OrderFailure>(command.Reason), now)), OrderRejections.Describe),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.Status, "A saga does not move an order there."),
        };

        async Task<Result> Move<TRejection>(
            Func<Order, Decision<OrderEvent, TRejection>> decide, Func<TRejection, Refusal<OrderRejectionReason>> describe)
            where TRejection : struct, Enum => (await ExecuteAsync(id, decide, cancellationToken: cancellationToken)).ToResult(describe);
    }

    public async Task<OrderView?> Get(Caller caller, CancellationToken cancellationToken)
    {
        await LookAgainIfUnknownAsync();
        return ViewFor(caller);
    }

    public async Task<OrderView?> WaitUntilEnded(Caller caller, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await LookAgainIfUnknownAsync();
        var wait = timeout < options.Value.MaxWait ? timeout : options.Value.MaxWait;
        if (ViewFor(caller) is { HasEnded: false } && wait > TimeSpan.Zero)
        {
            try
            {
                await _ended.Task.WaitAsync(wait, Time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The order as it is now is the answer.
            }
        }

        return ViewFor(caller);
    }

    public async Task<OrderDetails?> GetDetails(CancellationToken cancellationToken)
    {
        await LookAgainIfUnknownAsync();
        return CurrentVersion == 0 ? null : new OrderDetails(Current.ToView(CurrentVersion), Current.PaymentToken, Current.ShipTo.ToContract());
    }

    protected override void OnCommitted()
    {
        if (Current.HasEnded) _ended.TrySetResult();
    }

    /// <summary>What an order needs to know of its user and products; an order that exists needs none of it.</summary>
    async Task<Rules.PlaceOrder> LookUpAsync(Contract.PlaceOrder command, string bodyDigest, CancellationToken cancellationToken)
    {
        Buyer? buyer = null;
        var products = new Dictionary<string, ProductOnOffer?>(StringComparer.Ordinal);
        if (CurrentVersion == 0 && command.Caller.MayActFor(command.UserId) && command.Items.Length <= OrderDecider.MaxItems)
        {
            var user = GrainFactory.GetGrain<IUserGrain>(command.UserId).Get(Caller.Hub, cancellationToken);
            var ids = command.Items.Select(item => item.ProductId).Distinct(StringComparer.Ordinal).ToList();
            var found = await Task.WhenAll(ids.Select(id => GrainFactory.GetGrain<IInventoryGrain>(id).Get(cancellationToken)));
            for (var i = 0; i < ids.Count; i++) products[ids[i]] = found[i] is { } p ? new ProductOnOffer(p.Name, new Money(p.Price, p.Currency)) : null;
            buyer = await user is { } u ? new Buyer(u.Name, u.Status == UserStatus.Active) : null;
        }

        var items = command.Items.Select(item => new Rules.OrderItem(item.ProductId, item.Quantity, products.GetValueOrDefault(item.ProductId)));
        return new Rules.PlaceOrder(
            Id, command.UserId, buyer, [.. items], command.ShipTo.ToDomain(), command.PaymentToken, bodyDigest, Now);
    }

    /// <summary>Tells the saga without making the caller wait; whoever follows the log tells it again.</summary>
    void Nudge(Func<IOrderSagaGrain, Task> tell) => _nudge = NudgeAsync(_nudge, tell);

    async Task NudgeAsync(Task previous, Func<IOrderSagaGrain, Task> tell)
    {
        try
        {
            await previous;
            await tell(GrainFactory.GetGrain<IOrderSagaGrain>(Id));
        }
        catch (Exception e)
        {
            LogNudgeFailed(Logger, Id, e);
        }
    }

    OrderView? ViewFor(Caller caller) => CurrentVersion > 0 && caller.MaySee(Current.UserId) ? Current.ToView(CurrentVersion) : null;

    Result Rejected(Refusal<OrderRejectionReason> refusal) => CommandResult.Rejected(refusal.Reason, refusal.Detail, CurrentVersion);
}
