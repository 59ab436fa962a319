using Crescent.Domain;
using Crescent.Domain.Payments;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Payments.Sandbox;

/// <summary>A payment provider for trying things out: the payment token decides how it behaves, the ledger keeps what it did.</summary>
public sealed class PaymentSandbox(PaymentLedger ledger, IOptions<PaymentSandboxOptions> options, TimeProvider time) : IPaymentProvider
{
    public string Name => "sandbox";

    public async Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default)
    {
        var behaviour = SandboxTokens.Parse(token);
        if (behaviour == SandboxToken.Slow)
            await Task.Delay(options.Value.SlowAnswer, time, ct);

        var payment = await ledger.ChangeAsync(key.Value, before => Behave(before.Attempt(amount.Amount, amount.Currency, token), behaviour), ct);

        if (behaviour == SandboxToken.TimeoutAfterCapture && payment.State == LedgerState.Captured)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        return payment.State switch
        {
            LedgerState.Captured => new PaymentOutcome.Captured(Reference(key)),
            LedgerState.Late => new PaymentOutcome.Unknown(),
            LedgerState.Declined => new PaymentOutcome.Declined(payment.Reason!),
            LedgerState.Cancelled => new PaymentOutcome.Declined(DeclineReason.Cancelled),
            LedgerState.Refunded => new PaymentOutcome.Declined(DeclineReason.Refunded),
            _ => throw new HttpRequestException($"The payment sandbox is out of reach, as '{token}' asks for; nothing was captured."),
        };
    }

    public async Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default) =>
        Standing(key, await ledger.FindAsync(key.Value, ct));

    public async Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default) =>
        Standing(key, await ledger.ChangeAsync(key.Value, static payment => payment.Cancel(), ct));

    public async Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default) =>
        await ledger.FindAsync(key.Value, ct) is null
            ? new PaymentStanding.NotFound()
            : Standing(key, await ledger.ChangeAsync(key.Value, static payment => payment.Refund(), ct));

    private LedgerPayment Behave(LedgerPayment payment, SandboxToken behaviour) => behaviour switch
    {
        SandboxToken.Ok or SandboxToken.Slow or SandboxToken.TimeoutAfterCapture => payment.Capture(),
        SandboxToken.Flaky => payment.Attempts > SandboxTokens.FlakyFailures ? payment.Capture() : payment,
        SandboxToken.LateCapture => payment.CaptureLater(time.GetUtcNow() + options.Value.LateCapture),
        SandboxToken.Decline => payment.Decline(DeclineReason.CardDeclined),
        SandboxToken.Down => payment,
        _ => payment.Decline(DeclineReason.UnknownToken),
    };

    private static PaymentStanding Standing(PaymentKey key, LedgerPayment? payment) => payment?.State switch
    {
        LedgerState.Captured => new PaymentStanding.Captured(Reference(key)),
        LedgerState.Refunded => new PaymentStanding.Refunded(Reference(key)),
        LedgerState.Declined => new PaymentStanding.Declined(payment.Reason!),
        LedgerState.Cancelled => new PaymentStanding.Cancelled(),
        _ => new PaymentStanding.NotFound(),
    };

    private static string Reference(PaymentKey key) => $"sbx_{DerivedId.From("sandbox-payment", key.Value):N}";
}

/// <summary>Why the sandbox refuses a capture.</summary>
internal static class DeclineReason
{
    public const string CardDeclined = "card_declined";
    public const string UnknownToken = "unknown_payment_token";
    public const string Cancelled = "payment_key_cancelled";
    public const string Refunded = "payment_refunded";
}
