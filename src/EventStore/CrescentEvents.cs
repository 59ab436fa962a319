using Crescent.Domain.EmailClaims;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Domain.Users;

namespace Crescent.EventStore;

/// <summary>
/// The stored names of all of Crescent's events. Each is a contract with every log ever written: a record may be
/// renamed freely, a name here never changes, and a changed shape adds an upcaster to its line.
/// </summary>
public static class CrescentEvents
{
    public static EventTypeMap Map { get; } = EventTypeMap.Create(types =>
    {
        AddUsers(types);
        AddInventory(types);
        AddOrders(types);
        AddPaymentsAndShipments(types);
        AddSagas(types);
    });

    static void AddUsers(EventTypeMap.Builder types) => types
        .Add<UserEvent.Created>("user.created")
        .Add<UserEvent.Updated>("user.updated")
        .Add<UserEvent.Deactivated>("user.deactivated")
        .Add<UserEvent.Erased>("user.erased")
        .Add<EmailClaimEvent.Claimed>("email_claim.claimed")
        .Add<EmailClaimEvent.Confirmed>("email_claim.confirmed")
        .Add<EmailClaimEvent.Released>("email_claim.released");

    static void AddInventory(EventTypeMap.Builder types) => types
        .Add<InventoryEvent.ProductCreated>("product.created")
        .Add<InventoryEvent.ProductUpdated>("product.updated")
        .Add<InventoryEvent.StockReceived>("stock.received")
        .Add<InventoryEvent.StockAdjusted>("stock.adjusted")
        .Add<InventoryEvent.StockReserved>("stock.reserved")
        .Add<InventoryEvent.StockReleased>("stock.released")
        .Add<InventoryEvent.StockCommitted>("stock.committed")
        .Add<InventoryEvent.ReservationExpired>("stock.reservation_expired");

    static void AddOrders(EventTypeMap.Builder types) => types
        .Add<OrderEvent.Placed>("order.placed")
        .Add<OrderEvent.Confirmed>("order.confirmed")
        .Add<OrderEvent.Shipped>("order.shipped")
        .Add<OrderEvent.Completed>("order.completed")
        .Add<OrderEvent.Rejected>("order.rejected")
        .Add<OrderEvent.CancelRequested>("order.cancel_requested")
        .Add<OrderEvent.Cancelled>("order.cancelled");

    static void AddPaymentsAndShipments(EventTypeMap.Builder types) => types
        .Add<PaymentEvent.Requested>("payment.requested")
        .Add<PaymentEvent.Captured>("payment.captured")
        .Add<PaymentEvent.Declined>("payment.declined")
        .Add<PaymentEvent.Refunded>("payment.refunded")
        .Add<PaymentEvent.Cancelled>("payment.cancelled")
        .Add<ShipmentEvent.Created>("shipment.created")
        .Add<ShipmentEvent.Cancelled>("shipment.cancelled")
        .Add<ShipmentEvent.Dispatched>("shipment.dispatched")
        .Add<ShipmentEvent.Delivered>("shipment.delivered");

    static void AddSagas(EventTypeMap.Builder types) => types
        .Add<SagaEvent.Started>("saga.started")
        .Add<SagaEvent.StepStarted>("saga.step_started")
        .Add<SagaEvent.StepCompleted>("saga.step_completed")
        .Add<SagaEvent.StepFailed>("saga.step_failed")
        .Add<SagaEvent.Compensating>("saga.compensating")
        .Add<SagaEvent.StepCompensated>("saga.step_compensated")
        .Add<SagaEvent.CompensationFailed>("saga.compensation_failed")
        .Add<SagaEvent.Completed>("saga.completed")
        .Add<SagaEvent.Compensated>("saga.compensated")
        .Add<SagaEvent.Stuck>("saga.stuck")
        .Add<SagaEvent.Resumed>("saga.resumed")
        .Add<SagaEvent.Abandoned>("saga.abandoned");
}
