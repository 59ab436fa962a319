using Crescent.Domain;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Idempotency;
using Crescent.GrainInterfaces.Orders;
using Crescent.Grains.Orders;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Crescent.Grains.Idempotency;

/// <summary>
/// Joins requests with one key that are under way at the same time. It stores nothing: the order's id derives from the
/// key and the order knows what it was asked for, so that a key holds for ever.
/// </summary>
[Reentrant, CollectionAgeLimit(Minutes = 2)]
public sealed class IdempotencyGrain(Digests digests, IOptions<OrderOptions> options, TimeProvider time) : Grain, IIdempotencyGrain
{
    readonly Dictionary<string, Task<CommandResult<OrderRejectionReason>>> _underWay = new(StringComparer.Ordinal);

    public async Task<PlaceOrderResult> Place(PlaceOrder command, CancellationToken cancellationToken)
    {
        var orderId = DerivedId.From("order", this.GetPrimaryKeyString()).ToString();
        var order = GrainFactory.GetGrain<IOrderGrain>(orderId);
        var digest = digests.OfRequest(command);
        if (!_underWay.TryGetValue(digest, out var placing)) placing = _underWay[digest] = PlaceAsync(order, command, digest);
        try
        {
            var result = await placing.WaitAsync(options.Value.DuplicateWait, time, cancellationToken);
            var view = result.IsAccepted ? await order.Get(command.Caller, cancellationToken) : null;
            return view is null && result.IsAccepted
                ? throw new AggregateUnavailableException($"Order {orderId} is placed and can't be shown now.")
                : new PlaceOrderResult(orderId, result, view);
        }
        catch (TimeoutException) when (!placing.IsCompleted)
        {
            var (reason, detail) = OrderRejections.InProgress;
            return new PlaceOrderResult(orderId, CommandResult.Rejected(reason, detail), null);
        }
    }

    /// <summary>Goes on when the caller that began it has gone: others may be waiting for it.</summary>
    async Task<CommandResult<OrderRejectionReason>> PlaceAsync(IOrderGrain order, PlaceOrder command, string digest)
    {
        // The entry must be there before it can be taken away again.
        await Task.Yield();
        try
        {
            return await order.Place(command, digest);
        }
        finally
        {
            _underWay.Remove(digest);
        }
    }
}
