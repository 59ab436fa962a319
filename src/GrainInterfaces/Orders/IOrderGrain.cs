using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Orders;

/// <summary>An order. Key: the order id, derived from the caller and its idempotency key.</summary>
[Alias("crescent.IOrderGrain")]
public interface IOrderGrain : IGrainWithStringKey
{
    /// <summary>
    /// Places the order, after a look at its user and products, and sets its saga going. Called by
    /// <see cref="Idempotency.IIdempotencyGrain"/>, which derives the order's id.
    /// </summary>
    /// <param name="command">The order.</param>
    /// <param name="bodyDigest">HMAC of what was asked for; a later request with another one is rejected as <see cref="OrderRejectionReason.IdempotencyKeyReused"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the outcome is then unknown.</param>
    [Alias("Place")]
    Task<CommandResult<OrderRejectionReason>> Place(PlaceOrder command, string bodyDigest, CancellationToken cancellationToken = default);

    /// <summary>Asks for the order to be cancelled; possible until it ships. What was done for it is undone by the saga.</summary>
    [Alias("Cancel")]
    Task<CommandResult<OrderRejectionReason>> Cancel(CancelOrder command, CancellationToken cancellationToken = default);

    /// <summary>Moves the order to where its saga has brought it. For the saga alone.</summary>
    [Alias("Advance")]
    Task<CommandResult<OrderRejectionReason>> Advance(AdvanceOrder command, CancellationToken cancellationToken = default);

    /// <summary>The order as it is now; null if it does not exist or is none of the caller's business.</summary>
    [Alias("Get"), ReadOnly]
    Task<OrderView?> Get(Caller caller, CancellationToken cancellationToken = default);

    /// <summary>
    /// The order as soon as it has ended, or as it is when the time is over. The wait is cut to a few seconds less than a
    /// call may last, so a caller that wants to wait longer asks again.
    /// </summary>
    /// <param name="caller">On whose behalf; null is answered for an order that is none of its business.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    [Alias("WaitUntilEnded"), AlwaysInterleave]
    Task<OrderView?> WaitUntilEnded(Caller caller, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>What the saga needs to know of the order; null if there is none. For the saga alone.</summary>
    [Alias("GetDetails"), ReadOnly]
    Task<OrderDetails?> GetDetails(CancellationToken cancellationToken = default);
}
