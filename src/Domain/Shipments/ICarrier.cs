namespace Crescent.Domain.Shipments;

/// <summary>Whoever brings the parcels. A timeout or an exception of a call means that its outcome is unknown.</summary>
public interface ICarrier
{
    /// <summary>Stored with the shipment and shown with it.</summary>
    string Name { get; }

    /// <summary>Books a parcel, once per order however often it is called.</summary>
    Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default);

    /// <summary>Takes a booking back; from then on a booking of this order is refused. False: the parcel is under way.</summary>
    Task<bool> CancelAsync(string orderId, CancellationToken ct = default);
}

public sealed record ParcelOrder(string OrderId, Address? ShipTo, int Pieces);

public abstract record CarrierOutcome
{
    CarrierOutcome()
    {
    }

    public sealed record Booked(string TrackingNumber) : CarrierOutcome;

    public sealed record Refused(string Reason) : CarrierOutcome;
}
