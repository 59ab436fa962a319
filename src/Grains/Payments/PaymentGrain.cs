using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Payments;
using Crescent.Grains.EventSourcing;
using Microsoft.Extensions.Options;
using Contract = Crescent.GrainInterfaces.Payments;
using Rules = Crescent.Domain.Payments;

namespace Crescent.Grains.Payments;

/// <summary>
/// The payment of one order. The provider is called outside the decision pump, one call at a time, always under the
/// order's key; what it said is then recorded. After an unknown outcome, or a crash, it is asked before it is told.
/// </summary>
public sealed partial class PaymentGrain(AggregateServices services, IPaymentProvider provider, IOptions<PaymentOptions> options)
    : EventSourcedGrain<Payment, PaymentEvent>(services, StreamCategory.Payment), IPaymentGrain, IDisposable
{
    readonly SemaphoreSlim _oneAtATime = new(1);

    protected override Payment Initial => Payment.Initial;

    protected override Payment Evolve(Payment state, PaymentEvent @event) => state.Evolve(@event);

    PaymentKey Key => PaymentKey.Of(Id);

    static PaymentResult NotYet => new(PaymentOutcomeKind.NotYet, "The provider has no outcome yet.");

    public Task<PaymentResult> Capture(CapturePayment command, CancellationToken cancellationToken) =>
        OneAtATimeAsync(() => CaptureAsync(command), cancellationToken);

    public Task<PaymentResult> Undo(UndoPayment command, CancellationToken cancellationToken) =>
        OneAtATimeAsync(() => UndoAsync(command), cancellationToken);

    public void Dispose() => _oneAtATime.Dispose();

    public async Task<PaymentView?> Get(Caller caller, CancellationToken cancellationToken)
    {
        // Whose payment it is only the order knows.
        if (Current.Amount is not { } amount) return null;
        if (caller.Role == CallerRole.Customer && await GrainFactory.GetGrain<IOrderGrain>(Id).Get(caller, cancellationToken) is null) return null;
        return new PaymentView(
            Id, ToContract(Current.Status), amount.Amount, amount.Currency, Current.Provider ?? provider.Name,
            Current.Reference, Current.Reason, CurrentVersion);
    }

    async Task<PaymentResult> CaptureAsync(CapturePayment command)
    {
        var wasRequested = CurrentVersion > 0;
        var request = new RequestPayment(Id, new Money(command.Amount, command.Currency), provider.Name, Now);
        var requested = await ExecuteAsync(command.CommandId, state => PaymentDecider.Request(state, request));
        if (requested.Rejection is { } rejection && Current.Status is Rules.PaymentStatus.None or Rules.PaymentStatus.Requested)
            throw new InvalidOperationException($"The payment of order {Id} can't be requested: {rejection}.");
        if (Current.Status != Rules.PaymentStatus.Requested) return Standing();

        // Of a payment that was asked for before, the provider may know more than this grain does.
        var known = wasRequested ? await AskAsync() : NotYet;
        if (known.Kind != PaymentOutcomeKind.NotYet) return known;
        return await TryCallAsync("capture", limit => provider.CaptureAsync(Key, Current.Amount!.Value, command.Token, limit)) switch
        {
            PaymentOutcome.Captured captured => await RecordCaptureAsync(captured.Reference),
            PaymentOutcome.Declined declined => await RecordDeclineAsync(declined.Reason),
            _ => await AskAsync(),
        };
    }

    /// <summary>What the provider knows of the key, recorded.</summary>
    async Task<PaymentResult> AskAsync() => await TryCallAsync("find", limit => provider.FindAsync(Key, limit)) switch
    {
        PaymentStanding.NotFound => NotYet,
        PaymentStanding.Captured captured => await RecordCaptureAsync(captured.Reference),
        PaymentStanding.Declined declined => await RecordDeclineAsync(declined.Reason),
        PaymentStanding.Refunded refunded => await RecordRefundAsync(refunded.Reference),
        PaymentStanding.Cancelled => await RecordCancelAsync(),
        _ => new PaymentResult(PaymentOutcomeKind.Unknown, "The provider does not say what became of the payment."),
    };

    async Task<PaymentResult> UndoAsync(UndoPayment command)
    {
        if (Current.Status is Rules.PaymentStatus.Cancelled or Rules.PaymentStatus.Refunded) return Standing();
        var standing = await TryCallAsync("cancel", limit => provider.CancelAsync(Key, limit));
        if (standing is PaymentStanding.Captured) standing = await TryCallAsync("refund", limit => provider.RefundAsync(Key, limit));
        return standing switch
        {
            PaymentStanding.Refunded refunded => await RecordRefundAsync(refunded.Reference),
            // Nothing was taken, and the provider refuses the key from now on.
            PaymentStanding.Cancelled or PaymentStanding.Declined or PaymentStanding.NotFound => await RecordCancelAsync(),
            _ => new PaymentResult(PaymentOutcomeKind.Unknown, "The provider does not say whether the payment is undone."),
        };
    }

    async Task<PaymentResult> RecordCaptureAsync(string reference)
    {
        var capture = new RecordCapture(reference, Now);
        await ExecuteAsync(CommandId("captured", reference), state => PaymentDecider.Capture(state, capture));
        return Standing();
    }

    async Task<PaymentResult> RecordDeclineAsync(string reason)
    {
        var decline = new RecordDecline(reason, Now);
        await ExecuteAsync(CommandId("declined"), state => PaymentDecider.Decline(state, decline));
        return Standing();
    }

    /// <summary>A refund of a capture that was never recorded here is recorded as both.</summary>
    async Task<PaymentResult> RecordRefundAsync(string reference)
    {
        if (Current.Status == Rules.PaymentStatus.Requested) await RecordCaptureAsync(reference);
        var refund = new RecordRefund(Now);
        await ExecuteAsync(CommandId("refunded"), state => PaymentDecider.Refund(state, refund));
        return Standing();
    }

    async Task<PaymentResult> RecordCancelAsync()
    {
        var cancel = new CancelPayment(Id, Now);
        await ExecuteAsync(CommandId("cancelled"), state => PaymentDecider.Cancel(state, cancel));
        return Standing();
    }

    PaymentResult Standing() => Current.Status switch
    {
        Rules.PaymentStatus.Captured => new PaymentResult(PaymentOutcomeKind.Captured, Reference: Current.Reference),
        Rules.PaymentStatus.Declined => new PaymentResult(PaymentOutcomeKind.Declined, Current.Reason),
        Rules.PaymentStatus.Refunded => new PaymentResult(PaymentOutcomeKind.Refunded, Reference: Current.Reference),
        Rules.PaymentStatus.Cancelled => new PaymentResult(PaymentOutcomeKind.Cancelled),
        _ => new PaymentResult(PaymentOutcomeKind.Unknown),
    };

    Task<T?> TryCallAsync<T>(string operation, Func<CancellationToken, Task<T>> call) where T : class =>
        ProviderCall.TryAsync(call, options.Value.CallTimeout, Time, e => LogCallFailed(Logger, operation, Id, e));

    async Task<PaymentResult> OneAtATimeAsync(Func<Task<PaymentResult>> work, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    Guid CommandId(params ReadOnlySpan<string> what) => DerivedId.From(["payment", Id, .. what]);

    static Contract.PaymentStatus ToContract(Rules.PaymentStatus status) => status switch
    {
        Rules.PaymentStatus.Captured => Contract.PaymentStatus.Completed,
        Rules.PaymentStatus.Declined => Contract.PaymentStatus.Declined,
        Rules.PaymentStatus.Refunded => Contract.PaymentStatus.Refunded,
        Rules.PaymentStatus.Cancelled => Contract.PaymentStatus.Cancelled,
        _ => Contract.PaymentStatus.Pending,
    };
}
