namespace Crescent.Domain.Shipments;

/// <summary>The carrier has the booking.</summary>
public sealed record CreateShipment(
    string OrderId,
    string UserId,
    string? Recipient,
    Address? ShipTo,
    string Carrier,
    string TrackingNumber,
    DateTimeOffset Now)
{
    public override string ToString() => nameof(CreateShipment);
}

/// <summary>Valid before the shipment is created, which is then refused.</summary>
public sealed record CancelShipment(string OrderId, DateTimeOffset Now);

public sealed record DispatchShipment(DateTimeOffset Now);

public sealed record DeliverShipment(DateTimeOffset Now);

public enum CreateShipmentRejection
{
    Cancelled,
}

public enum CancelShipmentRejection
{
    AlreadyDispatched,
}

public enum DispatchShipmentRejection
{
    NotFound,
    Cancelled,
}

public enum DeliverShipmentRejection
{
    NotFound,
    NotDispatched,
    Cancelled,
}

public static class ShipmentDecider
{
    /// <summary>An order has one shipment: what was booked first stands.</summary>
    public static Decision<ShipmentEvent, CreateShipmentRejection> Create(Shipment state, CreateShipment command) =>
        state.Status switch
        {
            ShipmentStatus.None => new ShipmentEvent.Created(
                command.OrderId, command.UserId, command.Recipient, command.ShipTo, command.Carrier,
                command.TrackingNumber, command.Now),
            ShipmentStatus.Cancelled => CreateShipmentRejection.Cancelled,
            _ => AlreadySo.Instance,
        };

    public static Decision<ShipmentEvent, CancelShipmentRejection> Cancel(Shipment state, CancelShipment command) =>
        state.Status switch
        {
            ShipmentStatus.None or ShipmentStatus.Created => new ShipmentEvent.Cancelled(command.OrderId, command.Now),
            ShipmentStatus.Cancelled => AlreadySo.Instance,
            _ => CancelShipmentRejection.AlreadyDispatched,
        };

    public static Decision<ShipmentEvent, DispatchShipmentRejection> Dispatch(Shipment state, DispatchShipment command) =>
        state.Status switch
        {
            ShipmentStatus.None => DispatchShipmentRejection.NotFound,
            ShipmentStatus.Created => new ShipmentEvent.Dispatched(state.OrderId, command.Now),
            ShipmentStatus.Cancelled => DispatchShipmentRejection.Cancelled,
            _ => AlreadySo.Instance,
        };

    public static Decision<ShipmentEvent, DeliverShipmentRejection> Deliver(Shipment state, DeliverShipment command) =>
        state.Status switch
        {
            ShipmentStatus.None => DeliverShipmentRejection.NotFound,
            ShipmentStatus.Created => DeliverShipmentRejection.NotDispatched,
            ShipmentStatus.Dispatched => new ShipmentEvent.Delivered(state.OrderId, command.Now),
            ShipmentStatus.Cancelled => DeliverShipmentRejection.Cancelled,
            _ => AlreadySo.Instance,
        };
}
