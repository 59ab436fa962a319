using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crescent.Domain.Orders;

public abstract record OrderEvent : IDomainEvent
{
    OrderEvent()
    {
    }

    public sealed override string ToString() => GetType().Name;

    /// <param name="BodyHash">Keyed hash of the request, by which its idempotency key is checked for ever.</param>
    public sealed record Placed(
        string OrderId,
        string UserId,
        [property: Personal] string? UserName,
        ImmutableArray<OrderLine> Lines,
        Money Total,
        [property: Personal] Address? ShipTo,
        [property: Personal] string? PaymentToken,
        string BodyHash,
        DateTimeOffset At) : OrderEvent, IPersonalData
    {
        string IPersonalData.SubjectId => UserId;
    }

    public sealed record Confirmed(string OrderId, DateTimeOffset At) : OrderEvent;

    public sealed record Shipped(string OrderId, DateTimeOffset At) : OrderEvent;

    public sealed record Completed(string OrderId, DateTimeOffset At) : OrderEvent;

    public sealed record Rejected(string OrderId, OrderFailure Reason, DateTimeOffset At) : OrderEvent;

    public sealed record CancelRequested(string OrderId, DateTimeOffset At) : OrderEvent;

    public sealed record Cancelled(string OrderId, DateTimeOffset At) : OrderEvent;
}

public enum OrderStatus
{
    None,
    Placed,
    Confirmed,
    Shipped,
    Completed,
    Rejected,
    Cancelling,
    Cancelled,
}

public sealed record Order : IPersonalData
{
    public static Order Initial { get; } = new();

    public string OrderId { get; init; } = "";

    public string UserId { get; init; } = "";

    public OrderStatus Status { get; init; }

    [Personal]
    public string? UserName { get; init; }

    public ImmutableArray<OrderLine> Lines { get; init; } = [];

    /// <summary>Null until the order is placed.</summary>
    public Money? Total { get; init; }

    [Personal]
    public Address? ShipTo { get; init; }

    /// <summary>Forgotten as soon as nothing is left to be paid with it.</summary>
    [Personal]
    public string? PaymentToken { get; init; }

    public string BodyHash { get; init; } = "";

    /// <summary>Why it was rejected.</summary>
    public OrderFailure? Reason { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    [JsonIgnore]
    public bool HasEnded => Status is OrderStatus.Completed or OrderStatus.Rejected or OrderStatus.Cancelled;

    string IPersonalData.SubjectId => UserId;

    public Order Evolve(OrderEvent happened) => (Status, happened) switch
    {
        (OrderStatus.None, OrderEvent.Placed e) => new Order
        {
            OrderId = e.OrderId,
            UserId = e.UserId,
            Status = OrderStatus.Placed,
            UserName = e.UserName,
            Lines = e.Lines,
            Total = e.Total,
            ShipTo = e.ShipTo,
            PaymentToken = e.PaymentToken,
            BodyHash = e.BodyHash,
            PlacedAt = e.At,
            UpdatedAt = e.At,
        },
        (OrderStatus.Placed, OrderEvent.Confirmed e) =>
            this with { Status = OrderStatus.Confirmed, PaymentToken = null, UpdatedAt = e.At },
        (OrderStatus.Confirmed, OrderEvent.Shipped e) =>
            this with { Status = OrderStatus.Shipped, UpdatedAt = e.At },
        (OrderStatus.Shipped, OrderEvent.Completed e) =>
            this with { Status = OrderStatus.Completed, UpdatedAt = e.At },
        (OrderStatus.Placed or OrderStatus.Confirmed, OrderEvent.CancelRequested e) =>
            this with { Status = OrderStatus.Cancelling, UpdatedAt = e.At },
        (OrderStatus.Cancelling, OrderEvent.Cancelled e) =>
            this with { Status = OrderStatus.Cancelled, PaymentToken = null, UpdatedAt = e.At },
        (OrderStatus.Placed or OrderStatus.Confirmed or OrderStatus.Cancelling, OrderEvent.Rejected e) =>
            this with { Status = OrderStatus.Rejected, Reason = e.Reason, PaymentToken = null, UpdatedAt = e.At },
        _ => throw new ImpossibleEventException(nameof(Order), Status, happened),
    };

    public override string ToString() => $"{nameof(Order)} {OrderId}: {Status}";
}
