using System.ComponentModel.DataAnnotations;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Payments;
using Crescent.ReadModels.Orders;

namespace Crescent.ApiHost.Orders;

/// <summary>Places an order.</summary>
internal sealed record PlaceOrderBody
{
    /// <summary>The buyer.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string UserId { get; init; }

    /// <summary>What is ordered; two lines may name the same product.</summary>
    public required IReadOnlyList<OrderItemBody> Items { get; init; }

    /// <summary>What it is paid with.</summary>
    public required PaymentTokenBody Payment { get; init; }

    /// <summary>Where it goes.</summary>
    public AddressBody? ShipTo { get; init; }
}

/// <summary>One line of an order.</summary>
internal sealed record OrderItemBody
{
    /// <summary>Which product.</summary>
    [StringLength(64, MinimumLength = 1)]
    public required string ProductId { get; init; }

    /// <summary>How many units.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least 1")]
    public required int Quantity { get; init; }
}

/// <summary>What the payment provider gave the buyer to pay with.</summary>
internal sealed record PaymentTokenBody
{
    /// <summary>The provider's token; the sandbox knows tok_ok, tok_decline and others.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Token { get; init; }
}

/// <summary>A postal address.</summary>
internal sealed record AddressBody
{
    /// <summary>Who receives it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Street and number.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Street { get; init; }

    /// <summary>Town.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string City { get; init; }

    /// <summary>Postal code, as written there.</summary>
    [StringLength(20, MinimumLength = 1)]
    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "must be an ISO 3166-1 code such as DE")]
    public required string Country { get; init; }

    public Address ToAddress() => new(Name, Street, City, PostalCode, Country);
}

/// <summary>An order.</summary>
/// <param name="Id">Order id.</param>
/// <param name="UserId">The buyer.</param>
/// <param name="UserName">What the buyer was called when it ordered; null once the buyer is erased.</param>
/// <param name="Status">Where the order is.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Total">Sum of the lines.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">Why it was rejected; null otherwise.</param>
/// <param name="CreatedAt">When it was placed.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Its version, as in the ETag.</param>
internal sealed record OrderBody(
    string Id, string UserId, string? UserName, OrderStatus Status, IReadOnlyList<OrderLineBody> Items, decimal Total, string Currency,
    string? Reason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public static OrderBody Of(OrderView order) => new(
        order.Id, order.UserId, order.UserName, order.Status,
        [.. order.Items.Select(line => new OrderLineBody(line.ProductId, line.Name, line.Quantity, line.UnitPrice, line.LineTotal))],
        order.Total, order.Currency, order.Reason, order.CreatedAt, order.UpdatedAt, order.Version);

    /// <summary>An order of the read model; the name of a buyer that was erased is gone.</summary>
    public static OrderBody Of(OrderRow order) => new(
        order.Id, order.UserId, order.UserName, Enum.Parse<OrderStatus>(order.Status, ignoreCase: true),
        [.. order.Items.Select(line => new OrderLineBody(line.ProductId, line.Name, line.Quantity, line.UnitPrice, line.LineTotal))],
        order.Total, order.Currency, order.Reason, order.CreatedAt, order.UpdatedAt, order.Version);
}

/// <summary>One line of an order, with the price at the time.</summary>
/// <param name="ProductId">Which product.</param>
/// <param name="Name">What it was called then.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">Price of one unit.</param>
/// <param name="LineTotal">Price of the line.</param>
internal sealed record OrderLineBody(string ProductId, string Name, int Quantity, decimal UnitPrice, decimal LineTotal);

/// <summary>The payment of an order.</summary>
/// <param name="OrderId">The order paid.</param>
/// <param name="Status">Where the payment is.</param>
/// <param name="Amount">How much.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Provider">Which provider; null while none was asked.</param>
/// <param name="Reference">The provider's own name of the payment; null while there is none.</param>
internal sealed record PaymentBody(string OrderId, PaymentStatus Status, decimal Amount, string Currency, string? Provider, string? Reference)
{
    public static PaymentBody Of(PaymentView payment) =>
        new(payment.OrderId, payment.Status, payment.Amount, payment.Currency, payment.Provider, payment.Reference);
}
