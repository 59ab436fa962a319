using Crescent.Domain.Payments;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.Payments;

public sealed class PaymentTests : AggregateProperties<Payment, PaymentEvent>
{
    static readonly Money Price = new(200, "USD");
    static readonly Payment Requested = Payment.Initial.Evolve(new PaymentEvent.Requested("o1", Price, "sandbox", Start));
    static readonly Payment Captured = Requested.Evolve(new PaymentEvent.Captured("o1", Price, "r1", Start));
    static readonly Payment Declined = Requested.Evolve(new PaymentEvent.Declined("o1", "no funds", Start));
    static readonly Payment Refunded = Captured.Evolve(new PaymentEvent.Refunded("o1", Price, "r1", Start));
    static readonly Payment Cancelled = Requested.Evolve(new PaymentEvent.Cancelled("o1", Start));

    protected override Payment Initial => Payment.Initial;

    protected override Gen<Operation<Payment, PaymentEvent>> AnyOperation => Gen.Frequency(
        (4, from amount in Gen.Elements(200m, 200m, 200m, 199m, -1m)
            from now in AnyTime
            select Of(PaymentDecider.Request, new RequestPayment("o1", new Money(amount, "USD"), "sandbox", now))),
        (3, from reference in Gen.Elements("r1", "r1", "r2")
            from now in AnyTime
            select Of(PaymentDecider.Capture, new RecordCapture(reference, now))),
        (1, AnyTime.Select(now => Of(PaymentDecider.Decline, new RecordDecline("no funds", now)))),
        (2, AnyTime.Select(now => Of(PaymentDecider.Refund, new RecordRefund(now)))),
        (1, AnyTime.Select(now => Of(PaymentDecider.Cancel, new CancelPayment("o1", now)))));

    protected override Payment Evolve(Payment state, PaymentEvent happened) => state.Evolve(happened);

    /// <summary>At most one capture, refunded at most once and in full; nothing is captured after a cancellation.</summary>
    protected override void AssertInvariants(
        Journal<Payment, PaymentEvent> journal, Operation<Payment, PaymentEvent> last, Outcome<PaymentEvent> outcome)
    {
        var captured = journal.Events.OfType<PaymentEvent.Captured>().ToList();
        var refunded = journal.Events.OfType<PaymentEvent.Refunded>().ToList();
        Assert.InRange(captured.Count, 0, 1);
        Assert.InRange(refunded.Count, 0, captured.Count);
        var net = captured.Sum(it => it.Amount.Amount) - refunded.Sum(it => it.Amount.Amount);
        Assert.Equal(journal.State.Status is PaymentStatus.Captured ? journal.State.Amount!.Value.Amount : 0, net);
        Assert.False(journal.Events.Any(it => it is PaymentEvent.Cancelled) && captured.Count > 0);
    }

    [Fact]
    public void Request_NotPossible_IsRejectedByName()
    {
        RequestPaymentRejection? Request(Payment payment, decimal amount) =>
            PaymentDecider.Request(payment, new RequestPayment("o1", new Money(amount, "USD"), "sandbox", Start)).Rejection;
        Assert.Equal(RequestPaymentRejection.InvalidAmount, Request(Payment.Initial, -1));
        Assert.Equal(RequestPaymentRejection.DifferentAmount, Request(Captured, 201));
        Assert.Equal(RequestPaymentRejection.Refunded, Request(Refunded, 200));
        Assert.Equal(RequestPaymentRejection.Cancelled, Request(Cancelled, 200));
        Assert.Null(Request(Captured, 200));
        Assert.Null(Request(Declined, 200));
    }

    [Fact]
    public void Request_AfterCancellationThatCameFirst_IsRefused()
    {
        var cancelled = PaymentDecider.Cancel(Payment.Initial, new CancelPayment("o1", Start)).Events.Aggregate(Payment.Initial, Evolve);
        Assert.Equal(
            RequestPaymentRejection.Cancelled,
            PaymentDecider.Request(cancelled, new RequestPayment("o1", Price, "sandbox", Start)).Rejection);
    }

    [Fact]
    public void Capture_NotPossible_IsRejectedByName()
    {
        RecordCaptureRejection? Capture(Payment payment, string reference) =>
            PaymentDecider.Capture(payment, new RecordCapture(reference, Start)).Rejection;
        Assert.Equal(RecordCaptureRejection.NotRequested, Capture(Payment.Initial, "r1"));
        Assert.Equal(RecordCaptureRejection.OtherReference, Capture(Captured, "r2"));
        Assert.Equal(RecordCaptureRejection.Declined, Capture(Declined, "r1"));
        Assert.Equal(RecordCaptureRejection.Refunded, Capture(Refunded, "r1"));
        Assert.Equal(RecordCaptureRejection.Cancelled, Capture(Cancelled, "r1"));
    }

    [Fact]
    public void DeclineRefundAndCancel_NotPossible_AreRejectedByName()
    {
        RecordDeclineRejection? Decline(Payment payment) => PaymentDecider.Decline(payment, new RecordDecline("no funds", Start)).Rejection;
        Assert.Equal(RecordDeclineRejection.NotRequested, Decline(Payment.Initial));
        Assert.Equal(RecordDeclineRejection.AlreadyCaptured, Decline(Captured));
        Assert.Equal(RecordDeclineRejection.Refunded, Decline(Refunded));
        Assert.Equal(RecordDeclineRejection.Cancelled, Decline(Cancelled));
        foreach (var payment in new[] { Payment.Initial, Requested, Declined, Cancelled })
            Assert.Equal(RecordRefundRejection.NotCaptured, PaymentDecider.Refund(payment, new RecordRefund(Start)).Rejection);
        Assert.Equal(CancelPaymentRejection.AlreadyCaptured, PaymentDecider.Cancel(Captured, new CancelPayment("o1", Start)).Rejection);
        Assert.Empty(PaymentDecider.Cancel(Declined, new CancelPayment("o1", Start)).Events);
    }

    [Fact]
    public void PaymentKey_OfOneOrder_IsAlwaysTheSame()
    {
        Assert.Equal(PaymentKey.Of("o1"), PaymentKey.Of("o1"));
        Assert.NotEqual(PaymentKey.Of("o1"), PaymentKey.Of("o2"));
    }
}
