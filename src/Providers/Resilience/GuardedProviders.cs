using Crescent.Domain;
using Crescent.Domain.Mail;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;

namespace Crescent.Providers.Resilience;

/// <summary>A payment provider behind its circuit.</summary>
public sealed class GuardedPaymentProvider(IPaymentProvider provider, ProviderCircuit circuit) : IPaymentProvider
{
    public string Name => provider.Name;

    public Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => provider.CaptureAsync(key, amount, token, attempt), ct);

    public Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => provider.FindAsync(key, attempt), ct);

    public Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => provider.CancelAsync(key, attempt), ct);

    public Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => provider.RefundAsync(key, attempt), ct);
}

/// <summary>A carrier behind its circuit.</summary>
public sealed class GuardedCarrier(ICarrier carrier, ProviderCircuit circuit) : ICarrier
{
    public string Name => carrier.Name;

    public Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => carrier.BookAsync(parcel, attempt), ct);

    public Task<bool> CancelAsync(string orderId, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => carrier.CancelAsync(orderId, attempt), ct);
}

/// <summary>A mailer behind its circuit. Erasing is not guarded: it must not be refused because sending fails.</summary>
public sealed class GuardedMailer(IMailer mailer, ProviderCircuit circuit) : IMailer
{
    public Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default) =>
        circuit.CallAsync(attempt => mailer.SendAsync(message, attempt), ct);

    public Task EraseAsync(string userId, CancellationToken ct = default) => mailer.EraseAsync(userId, ct);
}
