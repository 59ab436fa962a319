using System.Net;
using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.Providers.Http;

namespace Crescent.Providers.Payments;

/// <summary>
/// A payment provider over HTTP:
/// <code>
/// PUT  payments/{key}          {"amount", "currency", "token"}, Idempotency-Key: {key}
///                              200 captured, 402 declined, 202 pending
/// GET  payments/{key}          200, 404
/// POST payments/{key}/cancel   200
/// POST payments/{key}/refund   200, 404
/// answers: {"state": "captured|declined|refunded|cancelled|pending", "reference", "reason"}
/// </code>
/// Anything else is an exception, that is, an unknown outcome.
/// </summary>
public sealed class HttpPaymentProvider(HttpClient client, string name) : IPaymentProvider
{
    public string Name => name;

    public async Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default)
    {
        var body = new { amount = amount.Amount, currency = amount.Currency, token };
        var answer = await ProviderHttp.PutAsync<PaymentAnswer>(client, PathOf(key), key.Value, body, ct);
        return (answer.Status, answer.Body) switch
        {
            (HttpStatusCode.OK, { State: "captured", Reference: { } reference }) => new PaymentOutcome.Captured(reference),
            (HttpStatusCode.PaymentRequired, { State: "declined" } declined) => new PaymentOutcome.Declined(declined.Reason ?? "declined"),
            (HttpStatusCode.Accepted, { State: "pending" }) => new PaymentOutcome.Unknown(),
            _ => throw ProviderHttp.Unexpected(answer),
        };
    }

    public async Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default) =>
        Standing(await ProviderHttp.GetAsync<PaymentAnswer>(client, PathOf(key), ct));

    public async Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default) =>
        Standing(await ProviderHttp.PostAsync<PaymentAnswer>(client, PathOf(key) + "/cancel", ct));

    public async Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default) =>
        Standing(await ProviderHttp.PostAsync<PaymentAnswer>(client, PathOf(key) + "/refund", ct));

    private static PaymentStanding Standing(ProviderAnswer<PaymentAnswer> answer) => (answer.Status, answer.Body) switch
    {
        (HttpStatusCode.NotFound, _) or (HttpStatusCode.OK, { State: "pending" }) => new PaymentStanding.NotFound(),
        (HttpStatusCode.OK, { State: "captured", Reference: { } reference }) => new PaymentStanding.Captured(reference),
        (HttpStatusCode.OK, { State: "refunded", Reference: { } reference }) => new PaymentStanding.Refunded(reference),
        (HttpStatusCode.OK, { State: "declined" } declined) => new PaymentStanding.Declined(declined.Reason ?? "declined"),
        (HttpStatusCode.OK, { State: "cancelled" }) => new PaymentStanding.Cancelled(),
        _ => throw ProviderHttp.Unexpected(answer),
    };

    private static string PathOf(PaymentKey key) => $"payments/{Uri.EscapeDataString(key.Value)}";

    private sealed record PaymentAnswer(string? State, string? Reference, string? Reason);
}
