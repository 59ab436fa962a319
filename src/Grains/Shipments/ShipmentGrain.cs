using Crescent.Domain.Shipments;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Shipments;
using Crescent.Grains.EventSourcing;
using Crescent.Grains.Orders;
using Microsoft.Extensions.Options;
using Contract = Crescent.GrainInterfaces.Shipments;
using Refusal = Crescent.Grains.EventSourcing.Refusal<Crescent.GrainInterfaces.Shipments.ShipmentRejectionReason>;
using Result = Crescent.GrainInterfaces.CommandResult<Crescent.GrainInterfaces.Shipments.ShipmentRejectionReason>;
using Rules = Crescent.Domain.Shipments;

namespace Crescent.Grains.Shipments;

/// <summary>The parcel of one order. The carrier is called first and recorded after; it books an order's parcel only once.</summary>
public sealed partial class ShipmentGrain(AggregateServices services, ICarrier carrier, IOptions<CarrierOptions> options)
    : EventSourcedGrain<Shipment, ShipmentEvent>(services, StreamCategory.Shipment), IShipmentGrain
{
    static readonly Refusal NotFound = (ShipmentRejectionReason.NotFound, "There is no such shipment.");
    static readonly Refusal Cancelled = (ShipmentRejectionReason.Cancelled, "The shipment was cancelled.");
    static readonly Refusal AlreadyDispatched = (ShipmentRejectionReason.AlreadyDispatched, "The carrier has the parcel already.");
    static readonly Refusal Unavailable = (ShipmentRejectionReason.CarrierUnavailable, "The carrier gave no answer.");
    static readonly Refusal NotDispatched = (ShipmentRejectionReason.NotDispatched, "The carrier does not have the parcel.");

    protected override Shipment Initial => Shipment.Initial;

    protected override Shipment Evolve(Shipment state, ShipmentEvent @event) => state.Evolve(@event);

    public async Task<Result> Create(Contract.CreateShipment command, CancellationToken cancellationToken)
    {
        if (Current.Status == Rules.ShipmentStatus.Cancelled) return Rejected(Cancelled);
        var tracking = Current.TrackingNumber;
        if (tracking is null)
        {
            var parcel = new ParcelOrder(Id, command.ShipTo.ToDomain(), command.Items.Sum(item => item.Quantity));
            var booking = await TryCallAsync("book", limit => carrier.BookAsync(parcel, limit));
            if (booking is CarrierOutcome.Refused refused)
                return CommandResult.Rejected(ShipmentRejectionReason.RefusedByCarrier, refused.Reason, CurrentVersion);
            if (booking is not CarrierOutcome.Booked booked) return Rejected(Unavailable);
            tracking = booked.TrackingNumber;
        }

        var create = new Rules.CreateShipment(Id, command.UserId, command.Recipient, command.ShipTo.ToDomain(), carrier.Name, tracking, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => ShipmentDecider.Create(state, create), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<Result> Cancel(Contract.CancelShipment command, CancellationToken cancellationToken)
    {
        var cancel = new Rules.CancelShipment(Id, Now);
        if (Current.Status is Rules.ShipmentStatus.None or Rules.ShipmentStatus.Created)
        {
            var cancelled = await TryCallAsync("cancel", async limit => (object)await carrier.CancelAsync(Id, limit));
            if (cancelled is null) return Rejected(Unavailable);
            if (cancelled is false) return Rejected(AlreadyDispatched);
        }

        var outcome = await ExecuteAsync(command.CommandId, state => ShipmentDecider.Cancel(state, cancel), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<Result> Dispatch(ReportShipment command, CancellationToken cancellationToken)
    {
        var dispatch = new DispatchShipment(command.At);
        var outcome = await ExecuteAsync(command.CommandId, state => ShipmentDecider.Dispatch(state, dispatch), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<Result> Deliver(ReportShipment command, CancellationToken cancellationToken)
    {
        var deliver = new DeliverShipment(command.At);
        var outcome = await ExecuteAsync(command.CommandId, state => ShipmentDecider.Deliver(state, deliver), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public Task<ShipmentView?> Get(Caller caller, CancellationToken cancellationToken) => Task.FromResult(
        Current.TrackingNumber is not null && caller.MaySee(Current.UserId)
            ? new ShipmentView(Id, ToContract(Current.Status), Current.TrackingNumber, CurrentVersion)
            : null);

    Task<T?> TryCallAsync<T>(string operation, Func<CancellationToken, Task<T>> call) where T : class =>
        ProviderCall.TryAsync(call, options.Value.CallTimeout, Time, e => LogCallFailed(Logger, operation, Id, e));

    Result Rejected(Refusal refusal) => CommandResult.Rejected(refusal.Reason, refusal.Detail, CurrentVersion);

    static Refusal Describe(CreateShipmentRejection rejection) => rejection switch
    {
        CreateShipmentRejection.Cancelled => Cancelled,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Refusal Describe(CancelShipmentRejection rejection) => rejection switch
    {
        CancelShipmentRejection.AlreadyDispatched => AlreadyDispatched,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Refusal Describe(DispatchShipmentRejection rejection) => rejection switch
    {
        DispatchShipmentRejection.NotFound => NotFound,
        DispatchShipmentRejection.Cancelled => Cancelled,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Refusal Describe(DeliverShipmentRejection rejection) => rejection switch
    {
        DeliverShipmentRejection.NotFound => NotFound,
        DeliverShipmentRejection.NotDispatched => NotDispatched,
        DeliverShipmentRejection.Cancelled => Cancelled,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Contract.ShipmentStatus ToContract(Rules.ShipmentStatus status) => status switch
    {
        Rules.ShipmentStatus.Created => Contract.ShipmentStatus.Created,
        Rules.ShipmentStatus.Dispatched => Contract.ShipmentStatus.Dispatched,
        Rules.ShipmentStatus.Delivered => Contract.ShipmentStatus.Delivered,
        Rules.ShipmentStatus.Cancelled => Contract.ShipmentStatus.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
