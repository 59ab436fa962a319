using System.Collections.Immutable;

namespace Crescent.Domain.Orders;

/// <param name="Buyer">What is known of the user, or null if there is none.</param>
public sealed record PlaceOrder(
    string OrderId,
    string UserId,
    Buyer? Buyer,
    IReadOnlyList<OrderItem> Items,
    Address? ShipTo,
    string PaymentToken,
    string BodyHash,
    DateTimeOffset Now)
{
    public override string ToString() => nameof(PlaceOrder);
}

public sealed record Buyer(string Name, bool IsActive)
{
    public override string ToString() => nameof(Buyer);
}

/// <param name="Product">What is known of the product, or null if there is none.</param>
public sealed record OrderItem(string ProductId, int Quantity, ProductOnOffer? Product);

public sealed record ProductOnOffer(string Name, Money Price);

public sealed record ConfirmOrder(DateTimeOffset Now);

public sealed record ShipOrder(DateTimeOffset Now);

public sealed record CompleteOrder(DateTimeOffset Now);

public sealed record RejectOrder(OrderFailure Reason, DateTimeOffset Now);

/// <summary>The buyer's wish; what was done so far has then to be undone.</summary>
public sealed record RequestCancellation(DateTimeOffset Now);

/// <summary>All that was done is undone.</summary>
public sealed record FinishCancellation(DateTimeOffset Now);

public enum PlaceOrderRejection
{
    NoItems,
    TooManyItems,
    InvalidQuantity,
    UnknownUser,
    InactiveUser,
    UnknownProduct,
    MixedCurrencies,
    MissingPaymentToken,
    InvalidAddress,

    /// <summary>The order exists and was asked for with another body.</summary>
    OtherBody,
}

public enum ConfirmOrderRejection
{
    NotFound,
    Cancelling,
    Ended,
}

public enum ShipOrderRejection
{
    NotFound,
    NotConfirmed,
    Cancelling,
    Ended,
}

public enum CompleteOrderRejection
{
    NotFound,
    NotShipped,
}

public enum RejectOrderRejection
{
    NotFound,
    AlreadyShipped,
    AlreadyCancelled,
}

public enum RequestCancellationRejection
{
    NotFound,
    AlreadyShipped,
    AlreadyRejected,
}

public enum FinishCancellationRejection
{
    NotFound,
    NotCancelling,
}

public static class OrderDecider
{
    public const int MaxItems = 100;
    public const int MaxQuantity = 100_000;
    public const int MaxAddressField = 200;

    public static Decision<OrderEvent, PlaceOrderRejection> Place(Order state, PlaceOrder command)
    {
        if (state.Status is not OrderStatus.None)
            return state.BodyHash == command.BodyHash ? AlreadySo.Instance : PlaceOrderRejection.OtherBody;
        if (Refusal(command) is { } reason) return reason;

        ImmutableArray<OrderLine> lines =
        [
            .. command.Items.Select(item => new OrderLine(item.ProductId, item.Product!.Name, item.Quantity, item.Product.Price)),
        ];
        var total = lines.Aggregate(Money.Zero(lines[0].UnitPrice.Currency), (sum, line) => sum + line.LineTotal);
        return new OrderEvent.Placed(
            command.OrderId, command.UserId, command.Buyer!.Name, lines, total, command.ShipTo, command.PaymentToken,
            command.BodyHash, command.Now);
    }

    public static Decision<OrderEvent, ConfirmOrderRejection> Confirm(Order state, ConfirmOrder command) =>
        state.Status switch
        {
            OrderStatus.None => ConfirmOrderRejection.NotFound,
            OrderStatus.Placed => new OrderEvent.Confirmed(state.OrderId, command.Now),
            OrderStatus.Cancelling => ConfirmOrderRejection.Cancelling,
            OrderStatus.Rejected or OrderStatus.Cancelled => ConfirmOrderRejection.Ended,
            _ => AlreadySo.Instance,
        };

    public static Decision<OrderEvent, ShipOrderRejection> Ship(Order state, ShipOrder command) =>
        state.Status switch
        {
            OrderStatus.None => ShipOrderRejection.NotFound,
            OrderStatus.Placed => ShipOrderRejection.NotConfirmed,
            OrderStatus.Confirmed => new OrderEvent.Shipped(state.OrderId, command.Now),
            OrderStatus.Cancelling => ShipOrderRejection.Cancelling,
            OrderStatus.Rejected or OrderStatus.Cancelled => ShipOrderRejection.Ended,
            _ => AlreadySo.Instance,
        };

    public static Decision<OrderEvent, CompleteOrderRejection> Complete(Order state, CompleteOrder command) =>
        state.Status switch
        {
            OrderStatus.None => CompleteOrderRejection.NotFound,
            OrderStatus.Shipped => new OrderEvent.Completed(state.OrderId, command.Now),
            OrderStatus.Completed => AlreadySo.Instance,
            _ => CompleteOrderRejection.NotShipped,
        };

    /// <summary>A rejection wins over a cancellation under way: the order failed for the reason it gives.</summary>
    public static Decision<OrderEvent, RejectOrderRejection> Reject(Order state, RejectOrder command) =>
        state.Status switch
        {
            OrderStatus.None => RejectOrderRejection.NotFound,
            OrderStatus.Shipped or OrderStatus.Completed => RejectOrderRejection.AlreadyShipped,
            OrderStatus.Cancelled => RejectOrderRejection.AlreadyCancelled,
            OrderStatus.Rejected => AlreadySo.Instance,
            _ => new OrderEvent.Rejected(state.OrderId, command.Reason, command.Now),
        };

    public static Decision<OrderEvent, RequestCancellationRejection> RequestCancel(Order state, RequestCancellation command) =>
        state.Status switch
        {
            OrderStatus.None => RequestCancellationRejection.NotFound,
            OrderStatus.Placed or OrderStatus.Confirmed => new OrderEvent.CancelRequested(state.OrderId, command.Now),
            OrderStatus.Shipped or OrderStatus.Completed => RequestCancellationRejection.AlreadyShipped,
            OrderStatus.Rejected => RequestCancellationRejection.AlreadyRejected,
            _ => AlreadySo.Instance,
        };

    public static Decision<OrderEvent, FinishCancellationRejection> FinishCancel(Order state, FinishCancellation command) =>
        state.Status switch
        {
            OrderStatus.None => FinishCancellationRejection.NotFound,
            OrderStatus.Cancelling => new OrderEvent.Cancelled(state.OrderId, command.Now),
            OrderStatus.Cancelled => AlreadySo.Instance,
            _ => FinishCancellationRejection.NotCancelling,
        };

    static PlaceOrderRejection? Refusal(PlaceOrder command)
    {
        if (command.Buyer is null) return PlaceOrderRejection.UnknownUser;
        if (!command.Buyer.IsActive) return PlaceOrderRejection.InactiveUser;
        if (command.Items.Count == 0) return PlaceOrderRejection.NoItems;
        if (command.Items.Count > MaxItems) return PlaceOrderRejection.TooManyItems;
        if (command.Items.Any(item => item.Quantity is < 1 or > MaxQuantity)) return PlaceOrderRejection.InvalidQuantity;
        if (command.Items.Any(item => item.Product is null)) return PlaceOrderRejection.UnknownProduct;
        if (command.Items.DistinctBy(item => item.Product!.Price.Currency).Skip(1).Any()) return PlaceOrderRejection.MixedCurrencies;
        if (string.IsNullOrWhiteSpace(command.PaymentToken)) return PlaceOrderRejection.MissingPaymentToken;
        return command.ShipTo is null || IsValid(command.ShipTo) ? null : PlaceOrderRejection.InvalidAddress;
    }

    static bool IsValid(Address address) =>
        new[] { address.Name, address.Street, address.City, address.PostalCode, address.Country }
            .All(field => ShortText.IsValid(field, MaxAddressField));
}
