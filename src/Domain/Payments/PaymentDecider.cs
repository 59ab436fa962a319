namespace Crescent.Domain.Payments;

public sealed record RequestPayment(string OrderId, Money Amount, string Provider, DateTimeOffset Now);

public sealed record RecordCapture(string Reference, DateTimeOffset Now);

public sealed record RecordDecline(string Reason, DateTimeOffset Now);

public sealed record RecordRefund(DateTimeOffset Now);

/// <summary>
/// The provider refuses the key from now on and has captured nothing. Valid before the request arrives, which is
/// then refused.
/// </summary>
public sealed record CancelPayment(string OrderId, DateTimeOffset Now);

public enum RequestPaymentRejection
{
    InvalidAmount,
    DifferentAmount,
    Refunded,
    Cancelled,
}

public enum RecordCaptureRejection
{
    NotRequested,

    /// <summary>Captured under another reference: the provider took the money twice.</summary>
    OtherReference,
    Declined,
    Refunded,
    Cancelled,
}

public enum RecordDeclineRejection
{
    NotRequested,
    AlreadyCaptured,
    Refunded,
    Cancelled,
}

public enum RecordRefundRejection
{
    NotCaptured,
}

public enum CancelPaymentRejection
{
    /// <summary>To be refunded instead.</summary>
    AlreadyCaptured,
}

public static class PaymentDecider
{
    /// <summary>Asking again for the same amount changes nothing, whatever has become of it, unless it was undone.</summary>
    public static Decision<PaymentEvent, RequestPaymentRejection> Request(Payment state, RequestPayment command)
    {
        if (state.Status is PaymentStatus.Cancelled) return RequestPaymentRejection.Cancelled;
        if (state.Status is PaymentStatus.Refunded) return RequestPaymentRejection.Refunded;
        if (command.Amount.Amount < 0) return RequestPaymentRejection.InvalidAmount;
        if (state.Status is PaymentStatus.None)
            return new PaymentEvent.Requested(command.OrderId, command.Amount, command.Provider, command.Now);
        return state.Amount == command.Amount ? AlreadySo.Instance : RequestPaymentRejection.DifferentAmount;
    }

    public static Decision<PaymentEvent, RecordCaptureRejection> Capture(Payment state, RecordCapture command) =>
        state.Status switch
        {
            PaymentStatus.Requested =>
                new PaymentEvent.Captured(state.OrderId, state.Amount!.Value, command.Reference, command.Now),
            PaymentStatus.Captured when state.Reference == command.Reference => AlreadySo.Instance,
            PaymentStatus.Captured => RecordCaptureRejection.OtherReference,
            PaymentStatus.Declined => RecordCaptureRejection.Declined,
            PaymentStatus.Refunded => RecordCaptureRejection.Refunded,
            PaymentStatus.Cancelled => RecordCaptureRejection.Cancelled,
            _ => RecordCaptureRejection.NotRequested,
        };

    public static Decision<PaymentEvent, RecordDeclineRejection> Decline(Payment state, RecordDecline command) =>
        state.Status switch
        {
            PaymentStatus.Requested => new PaymentEvent.Declined(state.OrderId, command.Reason, command.Now),
            PaymentStatus.Declined => AlreadySo.Instance,
            PaymentStatus.Captured => RecordDeclineRejection.AlreadyCaptured,
            PaymentStatus.Refunded => RecordDeclineRejection.Refunded,
            PaymentStatus.Cancelled => RecordDeclineRejection.Cancelled,
            _ => RecordDeclineRejection.NotRequested,
        };

    public static Decision<PaymentEvent, RecordRefundRejection> Refund(Payment state, RecordRefund command) =>
        state.Status switch
        {
            PaymentStatus.Captured =>
                new PaymentEvent.Refunded(state.OrderId, state.Amount!.Value, state.Reference!, command.Now),
            PaymentStatus.Refunded => AlreadySo.Instance,
            _ => RecordRefundRejection.NotCaptured,
        };

    public static Decision<PaymentEvent, CancelPaymentRejection> Cancel(Payment state, CancelPayment command) =>
        state.Status switch
        {
            PaymentStatus.None or PaymentStatus.Requested => new PaymentEvent.Cancelled(command.OrderId, command.Now),
            PaymentStatus.Captured => CancelPaymentRejection.AlreadyCaptured,
            _ => AlreadySo.Instance,
        };
}
