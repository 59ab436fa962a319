using System.Collections.Immutable;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Notifications;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Payments;
using Crescent.GrainInterfaces.Shipments;
using Crescent.GrainInterfaces.Users;
using Contract = Crescent.GrainInterfaces.Orders;

namespace Crescent.Grains.OrderSaga;

/// <summary>
/// What each step asks of whom, and how it is undone. Every command's id derives from order, step and participant, so
/// that a step repeated after a crash is recognised by whoever did it already.
/// </summary>
sealed class SagaParticipants(IGrainFactory grains)
{
    const string Parcel = "shipment";
    const string Money = "payment";
    const string Mail = "mail";

    public Task<StepOutcome> RunAsync(Saga saga, SagaStep step, CancellationToken limit) => step switch
    {
        SagaStep.ValidateOrder => ValidateAsync(saga, limit),
        SagaStep.ReserveInventory => ReserveAsync(saga, limit),
        SagaStep.ProcessPayment => PayAsync(saga, limit),
        SagaStep.CreateShipment => ShipAsync(saga, limit),
        SagaStep.SendNotification => NotifyAsync(saga, limit),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    public Task<StepOutcome> UndoAsync(Saga saga, SagaStep step, CancellationToken limit) => step switch
    {
        SagaStep.ReserveInventory => ReleaseAsync(saga, limit),
        SagaStep.ProcessPayment => UndoPaymentAsync(saga, limit),
        SagaStep.CreateShipment => CancelShipmentAsync(saga, limit),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is nothing to undo."),
    };

    /// <summary>Tells the order where its saga has ended.</summary>
    public async Task FinishAsync(Saga saga, OrderFailure? failure, CancellationToken limit)
    {
        if (failure is not { } reason)
        {
            await AdvanceAsync(saga, Contract.OrderStatus.Completed, null, limit);
            return;
        }

        // Without a wish to cancel, what looks cancelled to a participant is a rejection to the buyer.
        var isCancelled = reason == OrderFailure.Cancelled
            && await AdvanceAsync(saga, Contract.OrderStatus.Cancelled, null, limit) == StepOutcome.Done;
        if (!isCancelled) await AdvanceAsync(saga, Contract.OrderStatus.Rejected, reason, limit);
    }

    async Task<StepOutcome> ValidateAsync(Saga saga, CancellationToken limit)
    {
        var user = await grains.GetGrain<IUserGrain>(saga.UserId).Get(Caller.Hub, limit);
        if (user is null) return StepOutcome.Refused(OrderFailure.UserNotFound);
        if (user.Status != UserStatus.Active) return StepOutcome.Refused(OrderFailure.UserInactive);
        var products = await Task.WhenAll(saga.Items.Select(item => Product(item.ProductId).Get(limit)));
        for (var i = 0; i < products.Length; i++)
        {
            if (products[i] is not { } product) return StepOutcome.Refused(OrderFailure.ProductNotFound);
            var price = saga.Items[i].UnitPrice;
            if (product.Price != price.Amount || product.Currency != price.Currency) return StepOutcome.Refused(OrderFailure.PriceChanged);
        }

        return StepOutcome.Done;
    }

    async Task<StepOutcome> ReserveAsync(Saga saga, CancellationToken limit)
    {
        var answers = await Task.WhenAll(saga.Items.Select(item => Product(item.ProductId).Reserve(
            new ReserveStock(CommandId(saga, SagaStep.ReserveInventory, item.ProductId), saga.OrderId, item.Quantity, saga.ReservationExpiresAt),
            limit)));
        return FirstFailure(answers);
    }

    async Task<StepOutcome> ReleaseAsync(Saga saga, CancellationToken limit)
    {
        var answers = await Task.WhenAll(saga.Items.Select(item => Product(item.ProductId).Release(
            new ReleaseStock(
                SagaPlan.CompensationId(saga.OrderId, SagaStep.ReserveInventory, item.ProductId), saga.OrderId,
                saga.ReservationExpiresAt, CommandId(saga, SagaStep.CreateShipment, item.ProductId)),
            limit)));
        return FirstFailure(answers);
    }

    async Task<StepOutcome> PayAsync(Saga saga, CancellationToken limit)
    {
        var details = await Order(saga).GetDetails(limit);
        // The token is gone once the order is confirmed, and with it the need to pay again; or its user was erased.
        if (details?.PaymentToken is not { } token)
            return details?.Order.Status == Contract.OrderStatus.Confirmed ? StepOutcome.Done : StepOutcome.Refused(OrderFailure.UserNotFound);
        var total = saga.Total!.Value;
        var capture = new CapturePayment(CommandId(saga, SagaStep.ProcessPayment, Money), saga.UserId, total.Amount, total.Currency, token);
        var payment = await grains.GetGrain<IPaymentGrain>(saga.OrderId).Capture(capture, limit);
        return payment.Kind switch
        {
            PaymentOutcomeKind.Captured => await AdvanceAsync(saga, Contract.OrderStatus.Confirmed, null, limit),
            PaymentOutcomeKind.Declined => StepOutcome.Refused(OrderFailure.PaymentDeclined),
            PaymentOutcomeKind.NotYet => StepOutcome.Later(OrderFailure.PaymentUnavailable),
            PaymentOutcomeKind.Unknown => StepOutcome.Unknown(OrderFailure.PaymentUnknown),
            _ => StepOutcome.Refused(OrderFailure.Cancelled),
        };
    }

    async Task<StepOutcome> UndoPaymentAsync(Saga saga, CancellationToken limit)
    {
        var undo = new UndoPayment(SagaPlan.CompensationId(saga.OrderId, SagaStep.ProcessPayment, Money), Wording.Of(saga.Failure!.Value));
        var payment = await grains.GetGrain<IPaymentGrain>(saga.OrderId).Undo(undo, limit);
        return payment.Kind is PaymentOutcomeKind.Refunded or PaymentOutcomeKind.Cancelled or PaymentOutcomeKind.Declined
            ? StepOutcome.Done
            : StepOutcome.Unknown(OrderFailure.PaymentUnknown);
    }

    async Task<StepOutcome> ShipAsync(Saga saga, CancellationToken limit)
    {
        var order = await Order(saga).GetDetails(limit);
        if (order is null) return StepOutcome.Refused(OrderFailure.Unavailable);
        var items = saga.Items.Select(item => new Contract.OrderItem(item.ProductId, item.Quantity)).ToImmutableArray();
        var create = new CreateShipment(CommandId(saga, SagaStep.CreateShipment, Parcel), saga.UserId, order.Order.UserName, order.ShipTo, items);
        var shipment = await grains.GetGrain<IShipmentGrain>(saga.OrderId).Create(create, limit);
        switch (shipment.Reason)
        {
            case null:
                break;
            case ShipmentRejectionReason.CarrierUnavailable:
                return StepOutcome.Later(OrderFailure.ShipmentUnavailable);
            case ShipmentRejectionReason.Cancelled:
                return StepOutcome.Refused(OrderFailure.Cancelled);
            default:
                return StepOutcome.Refused(OrderFailure.ShipmentRefused);
        }

        var commits = await Task.WhenAll(saga.Items.Select(item => Product(item.ProductId).Commit(
            new CommitStock(CommandId(saga, SagaStep.CreateShipment, item.ProductId), saga.OrderId), limit)));
        var committed = FirstFailure(commits);
        return committed.Failure is null ? await AdvanceAsync(saga, Contract.OrderStatus.Shipped, null, limit) : committed;
    }

    async Task<StepOutcome> CancelShipmentAsync(Saga saga, CancellationToken limit)
    {
        var cancel = new CancelShipment(SagaPlan.CompensationId(saga.OrderId, SagaStep.CreateShipment, Parcel), Wording.Of(saga.Failure!.Value));
        var shipment = await grains.GetGrain<IShipmentGrain>(saga.OrderId).Cancel(cancel, limit);
        return shipment.IsAccepted ? StepOutcome.Done : StepOutcome.Later(OrderFailure.ShipmentUnavailable);
    }

    async Task<StepOutcome> NotifyAsync(Saga saga, CancellationToken limit)
    {
        var mail = new SendMail(CommandId(saga, SagaStep.SendNotification, Mail), MailKind.OrderShipped, saga.UserId);
        return await grains.GetGrain<INotificationGrain>(saga.OrderId).Send(mail, limit) switch
        {
            MailOutcome.MailerUnavailable => StepOutcome.Later(OrderFailure.NotificationFailed),
            MailOutcome.Unsendable or MailOutcome.NoRecipient => StepOutcome.Refused(OrderFailure.NotificationFailed),
            _ => await AdvanceAsync(saga, Contract.OrderStatus.Completed, null, limit),
        };
    }

    /// <summary>An order that can't make the move is being cancelled: it is the judge of that race.</summary>
    async Task<StepOutcome> AdvanceAsync(Saga saga, Contract.OrderStatus status, OrderFailure? reason, CancellationToken limit)
    {
        var commandId = Domain.DerivedId.From("saga", saga.OrderId, "order", status.ToString());
        var answer = await Order(saga).Advance(new AdvanceOrder(commandId, status, reason is { } r ? Wording.Of(r) : null), limit);
        return answer.IsAccepted ? StepOutcome.Done : StepOutcome.Refused(OrderFailure.Cancelled);
    }

    static StepOutcome FirstFailure(IEnumerable<CommandResult<InventoryRejectionReason>> answers)
    {
        foreach (var answer in answers)
        {
            if (answer.Reason is not { } reason) continue;
            return StepOutcome.Refused(reason switch
            {
                InventoryRejectionReason.OutOfStock => OrderFailure.OutOfStock,
                InventoryRejectionReason.NotFound => OrderFailure.ProductNotFound,
                InventoryRejectionReason.ReservationExpired => OrderFailure.ReservationExpired,
                InventoryRejectionReason.Released => OrderFailure.Cancelled,
                _ => OrderFailure.Unavailable,
            });
        }

        return StepOutcome.Done;
    }

    static Guid CommandId(Saga saga, SagaStep step, string participant) => SagaPlan.CommandId(saga.OrderId, step, participant);

    IInventoryGrain Product(string id) => grains.GetGrain<IInventoryGrain>(id);

    IOrderGrain Order(Saga saga) => grains.GetGrain<IOrderGrain>(saga.OrderId);
}
