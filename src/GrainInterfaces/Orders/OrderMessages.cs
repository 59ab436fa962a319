using System.Collections.Immutable;

namespace Crescent.GrainInterfaces.Orders;

/// <summary>One wish of an order; several may name the same product.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="Quantity">Units, 1 or more.</param>
[GenerateSerializer, Immutable, Alias("crescent.OrderItem")]
public sealed record OrderItem([property: Id(0)] string ProductId, [property: Id(1)] int Quantity);

/// <summary>Where a parcel goes.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Street">Street and number.</param>
/// <param name="City">Town.</param>
/// <param name="PostalCode">Postal code, as written there.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code.</param>
[GenerateSerializer, Immutable, Alias("crescent.Address")]
public sealed record Address(
    [property: Id(0)] string Name, [property: Id(1)] string Street, [property: Id(2)] string City,
    [property: Id(3)] string PostalCode, [property: Id(4)] string Country);

/// <summary>Places an order.</summary>
/// <param name="Caller">On whose behalf; a customer orders for itself only.</param>
/// <param name="UserId">The buyer.</param>
/// <param name="Items">What is ordered, in the caller's order.</param>
/// <param name="PaymentToken">What the payment provider gave the buyer to pay with.</param>
/// <param name="ShipTo">Where it goes, or null for the buyer's own default.</param>
[GenerateSerializer, Immutable, Alias("crescent.PlaceOrder")]
public sealed record PlaceOrder(
    [property: Id(0)] Caller Caller, [property: Id(1)] string UserId, [property: Id(2)] ImmutableArray<OrderItem> Items,
    [property: Id(3)] string PaymentToken, [property: Id(4)] Address? ShipTo);

/// <summary>Asks for an order to be cancelled.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">On whose behalf.</param>
/// <param name="ExpectedVersion">The version the wish was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.CancelOrder")]
public sealed record CancelOrder([property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller, [property: Id(2)] int? ExpectedVersion = null);

/// <summary>Moves an order to where its saga is.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Status">Confirmed, Shipped, Completed, Rejected or Cancelled.</param>
/// <param name="Reason">Why, for Rejected; in snake_case such as <c>out_of_stock</c>.</param>
[GenerateSerializer, Immutable, Alias("crescent.AdvanceOrder")]
public sealed record AdvanceOrder([property: Id(0)] Guid CommandId, [property: Id(1)] OrderStatus Status, [property: Id(2)] string? Reason = null);

/// <summary>Where an order is.</summary>
[GenerateSerializer, Alias("crescent.OrderStatus")]
public enum OrderStatus
{
    /// <summary>Accepted; stock and payment are being seen to.</summary>
    Placed = 0,

    /// <summary>Paid.</summary>
    Confirmed = 1,

    /// <summary>Handed to the carrier; can't be cancelled any more.</summary>
    Shipped = 2,

    /// <summary>Done, the buyer was told.</summary>
    Completed = 3,

    /// <summary>Could not be served; what was done is undone.</summary>
    Rejected = 4,

    /// <summary>The buyer does not want it any more; it is being undone.</summary>
    Cancelling = 5,

    /// <summary>Undone on the buyer's wish.</summary>
    Cancelled = 6,
}

/// <summary>Why a command on an order was rejected.</summary>
[GenerateSerializer, Alias("crescent.OrderRejectionReason")]
public enum OrderRejectionReason
{
    /// <summary>There is no such order, or it is none of the caller's business.</summary>
    NotFound = 1,

    /// <summary>There is no such user, or the caller may not order for it.</summary>
    UnknownUser = 2,

    /// <summary>The user was deactivated.</summary>
    InactiveUser = 3,

    /// <summary>A product of the order does not exist.</summary>
    UnknownProduct = 4,

    /// <summary>The products' prices are not all in one currency.</summary>
    MixedCurrencies = 5,

    /// <summary>Nothing is ordered.</summary>
    NoItems = 6,

    /// <summary>More lines than an order may have.</summary>
    TooManyItems = 7,

    /// <summary>A quantity below 1 or beyond what one line may have.</summary>
    InvalidQuantity = 8,

    /// <summary>The idempotency key was used before for an order that asked for something else.</summary>
    IdempotencyKeyReused = 9,

    /// <summary>The first request with this key is still being decided; ask again.</summary>
    RequestInProgress = 10,

    /// <summary>The order has shipped and can't be cancelled.</summary>
    AlreadyShipped = 11,

    /// <summary>The order has ended and stays as it is.</summary>
    AlreadyEnded = 12,

    /// <summary>The order has changed since the version the caller knows.</summary>
    VersionMismatch = 13,

    /// <summary>The saga asked for a move that the order can't make from where it is.</summary>
    NotPossibleNow = 14,

    /// <summary>There is nothing to pay with.</summary>
    MissingPaymentToken = 15,

    /// <summary>A field of the address is empty or too long.</summary>
    InvalidAddress = 16,
}

/// <summary>One line of an order, with the price at the time it was placed.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">Price of one unit, in the order's currency.</param>
/// <param name="LineTotal">Price of the line.</param>
[GenerateSerializer, Immutable, Alias("crescent.OrderLineView")]
public sealed record OrderLineView(
    [property: Id(0)] string ProductId, [property: Id(1)] string Name, [property: Id(2)] int Quantity,
    [property: Id(3)] decimal UnitPrice, [property: Id(4)] decimal LineTotal);

/// <summary>An order as it is at a version.</summary>
/// <param name="Id">Order id.</param>
/// <param name="UserId">The buyer.</param>
/// <param name="UserName">What the buyer was called when it ordered.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Total">Sum of the lines, in units of the currency.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">Why it was rejected, in snake_case such as <c>out_of_stock</c>; or null.</param>
/// <param name="CreatedAt">When it was placed.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.OrderView")]
public sealed record OrderView(
    [property: Id(0)] string Id, [property: Id(1)] string UserId, [property: Id(2)] string UserName, [property: Id(3)] OrderStatus Status,
    [property: Id(4)] ImmutableArray<OrderLineView> Items, [property: Id(5)] decimal Total, [property: Id(6)] string Currency,
    [property: Id(7)] string? Reason, [property: Id(8)] DateTimeOffset CreatedAt, [property: Id(9)] DateTimeOffset UpdatedAt,
    [property: Id(10)] int Version)
{
    /// <summary>Whether nothing will change the order any more.</summary>
    public bool HasEnded => Status is OrderStatus.Completed or OrderStatus.Rejected or OrderStatus.Cancelled;
}

/// <summary>An order with what only its saga needs.</summary>
/// <param name="Order">The order.</param>
/// <param name="PaymentToken">What the buyer pays with; null once nothing is left to be paid, or the buyer was erased.</param>
/// <param name="ShipTo">Where it goes, or null.</param>
[GenerateSerializer, Immutable, Alias("crescent.OrderDetails")]
public sealed record OrderDetails([property: Id(0)] OrderView Order, [property: Id(1)] string? PaymentToken, [property: Id(2)] Address? ShipTo);
