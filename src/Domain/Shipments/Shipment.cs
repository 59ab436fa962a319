namespace Crescent.Domain.Shipments;

public abstract record ShipmentEvent : IDomainEvent
{
    ShipmentEvent()
    {
    }

    public sealed override string ToString() => GetType().Name;

    public sealed record Created(
        string OrderId,
        string UserId,
        [property: Personal] string? Recipient,
        [property: Personal] Address? ShipTo,
        string Carrier,
        string TrackingNumber,
        DateTimeOffset At) : ShipmentEvent, IPersonalData
    {
        string IPersonalData.SubjectId => UserId;
    }

    public sealed record Cancelled(string OrderId, DateTimeOffset At) : ShipmentEvent;

    public sealed record Dispatched(string OrderId, DateTimeOffset At) : ShipmentEvent;

    public sealed record Delivered(string OrderId, DateTimeOffset At) : ShipmentEvent;
}

public enum ShipmentStatus
{
    None,
    Created,
    Cancelled,
    Dispatched,
    Delivered,
}

public sealed record Shipment : IPersonalData
{
    public static Shipment Initial { get; } = new();

    public string OrderId { get; init; } = "";

    public string UserId { get; init; } = "";

    public ShipmentStatus Status { get; init; }

    [Personal]
    public string? Recipient { get; init; }

    [Personal]
    public Address? ShipTo { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    string IPersonalData.SubjectId => UserId;

    public Shipment Evolve(ShipmentEvent happened) => (Status, happened) switch
    {
        (ShipmentStatus.None, ShipmentEvent.Created e) => new Shipment
        {
            OrderId = e.OrderId,
            UserId = e.UserId,
            Status = ShipmentStatus.Created,
            Recipient = e.Recipient,
            ShipTo = e.ShipTo,
            Carrier = e.Carrier,
            TrackingNumber = e.TrackingNumber,
            UpdatedAt = e.At,
        },
        (ShipmentStatus.None or ShipmentStatus.Created, ShipmentEvent.Cancelled e) =>
            this with { OrderId = e.OrderId, Status = ShipmentStatus.Cancelled, UpdatedAt = e.At },
        (ShipmentStatus.Created, ShipmentEvent.Dispatched e) =>
            this with { Status = ShipmentStatus.Dispatched, UpdatedAt = e.At },
        (ShipmentStatus.Dispatched, ShipmentEvent.Delivered e) =>
            this with { Status = ShipmentStatus.Delivered, UpdatedAt = e.At },
        _ => throw new ImpossibleEventException(nameof(Shipment), Status, happened),
    };

    public override string ToString() => $"{nameof(Shipment)} {OrderId}: {Status}";
}
