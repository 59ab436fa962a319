using System.Collections.Immutable;
using Crescent.GrainInterfaces.Orders;
using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Shipments;

/// <summary>The parcel of one order. Key: the order id.</summary>
[Alias("crescent.IShipmentGrain")]
public interface IShipmentGrain : IGrainWithStringKey
{
    /// <summary>Books the parcel with the carrier, once, whatever how often it is called.</summary>
    [Alias("Create")]
    Task<CommandResult<ShipmentRejectionReason>> Create(CreateShipment command, CancellationToken cancellationToken = default);

    /// <summary>Takes the booking back. Valid before the parcel was booked: a late booking is then refused.</summary>
    [Alias("Cancel")]
    Task<CommandResult<ShipmentRejectionReason>> Cancel(CancelShipment command, CancellationToken cancellationToken = default);

    /// <summary>The carrier has the parcel.</summary>
    [Alias("Dispatch")]
    Task<CommandResult<ShipmentRejectionReason>> Dispatch(ReportShipment command, CancellationToken cancellationToken = default);

    /// <summary>The buyer has the parcel.</summary>
    [Alias("Deliver")]
    Task<CommandResult<ShipmentRejectionReason>> Deliver(ReportShipment command, CancellationToken cancellationToken = default);

    /// <summary>The shipment as it is now; null if there is none or it is none of the caller's business.</summary>
    [Alias("Get"), ReadOnly]
    Task<ShipmentView?> Get(Caller caller, CancellationToken cancellationToken = default);
}

/// <summary>Books a parcel.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="UserId">The buyer, whose key encrypts the address.</param>
/// <param name="Recipient">What the buyer is called.</param>
/// <param name="ShipTo">Where it goes, or null if the carrier is to ask the buyer.</param>
/// <param name="Items">What is in it.</param>
[GenerateSerializer, Immutable, Alias("crescent.CreateShipment")]
public sealed record CreateShipment(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string UserId, [property: Id(2)] string Recipient,
    [property: Id(3)] Address? ShipTo, [property: Id(4)] ImmutableArray<OrderItem> Items);

/// <summary>Takes a booking back.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("crescent.CancelShipment")]
public sealed record CancelShipment([property: Id(0)] Guid CommandId, [property: Id(1)] string Reason);

/// <summary>News from the carrier.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="At">When it happened, by the carrier's clock.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReportShipment")]
public sealed record ReportShipment([property: Id(0)] Guid CommandId, [property: Id(1)] DateTimeOffset At);

/// <summary>Where a shipment is.</summary>
[GenerateSerializer, Alias("crescent.ShipmentStatus")]
public enum ShipmentStatus
{
    /// <summary>Booked.</summary>
    Created = 0,

    /// <summary>With the carrier.</summary>
    Dispatched = 1,

    /// <summary>With the buyer.</summary>
    Delivered = 2,

    /// <summary>Taken back.</summary>
    Cancelled = 3,
}

/// <summary>Why a command on a shipment was rejected.</summary>
[GenerateSerializer, Alias("crescent.ShipmentRejectionReason")]
public enum ShipmentRejectionReason
{
    /// <summary>There is no such shipment, or it is none of the caller's business.</summary>
    NotFound = 1,

    /// <summary>It was cancelled before.</summary>
    Cancelled = 2,

    /// <summary>The carrier has it already.</summary>
    AlreadyDispatched = 3,

    /// <summary>It is not with the carrier.</summary>
    NotDispatched = 4,

    /// <summary>The carrier will not take it, for good.</summary>
    RefusedByCarrier = 5,

    /// <summary>The carrier gave no answer; trying again is safe, and so is cancelling.</summary>
    CarrierUnavailable = 6,
}

/// <summary>A shipment as it is at a version.</summary>
/// <param name="OrderId">The order shipped.</param>
/// <param name="Status">Where it is.</param>
/// <param name="TrackingNumber">The carrier's own name of the parcel, if there is one.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.ShipmentView")]
public sealed record ShipmentView(
    [property: Id(0)] string OrderId, [property: Id(1)] ShipmentStatus Status, [property: Id(2)] string? TrackingNumber, [property: Id(3)] int Version);
