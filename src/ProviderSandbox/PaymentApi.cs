using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.Providers.Payments.Sandbox;

namespace Crescent.ProviderSandbox;

/// <summary>
/// What <c>HttpPaymentProvider</c> speaks, and <c>GET /ledger</c>: every movement of money, for checks from outside.
/// </summary>
internal static class PaymentApi
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/payments/{key}", CaptureAsync);
        routes.MapGet("/payments/{key}", static async (string key, PaymentSandbox sandbox, CancellationToken ct) =>
            Show(await sandbox.FindAsync(new PaymentKey(key), ct)));
        routes.MapPost("/payments/{key}/cancel", static async (string key, PaymentSandbox sandbox, CancellationToken ct) =>
            Show(await sandbox.CancelAsync(new PaymentKey(key), ct)));
        routes.MapPost("/payments/{key}/refund", static async (string key, PaymentSandbox sandbox, CancellationToken ct) =>
            Show(await sandbox.RefundAsync(new PaymentKey(key), ct)));
        routes.MapGet("/ledger", static async (PaymentLedger ledger, CancellationToken ct) =>
            (await ledger.ReadEntriesAsync(ct)).Select(static entry => new EntryBody(
                entry.Number, entry.PaymentKey, entry.Kind == LedgerEntryKind.Capture ? "capture" : "refund", entry.Amount, entry.Currency, entry.RecordedAt)));
    }

    /// <summary>A capture whose outcome the sandbox keeps to itself ends when the caller gives up, or with 503.</summary>
    static async Task<IResult> CaptureAsync(string key, CaptureBody body, PaymentSandbox sandbox, CancellationToken ct)
    {
        try
        {
            return await sandbox.CaptureAsync(new PaymentKey(key), new Money(body.Amount, body.Currency), body.Token, ct) switch
            {
                PaymentOutcome.Captured captured => TypedResults.Ok(new PaymentAnswer("captured", captured.Reference, null)),
                PaymentOutcome.Declined declined => TypedResults.Json(new PaymentAnswer("declined", null, declined.Reason), statusCode: StatusCodes.Status402PaymentRequired),
                _ => TypedResults.Json(new PaymentAnswer("pending", null, null), statusCode: StatusCodes.Status202Accepted),
            };
        }
        catch (HttpRequestException)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (InvalidOperationException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status409Conflict);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    static IResult Show(PaymentStanding standing) => standing switch
    {
        PaymentStanding.Captured captured => TypedResults.Ok(new PaymentAnswer("captured", captured.Reference, null)),
        PaymentStanding.Refunded refunded => TypedResults.Ok(new PaymentAnswer("refunded", refunded.Reference, null)),
        PaymentStanding.Declined declined => TypedResults.Ok(new PaymentAnswer("declined", null, declined.Reason)),
        PaymentStanding.Cancelled => TypedResults.Ok(new PaymentAnswer("cancelled", null, null)),
        _ => TypedResults.NotFound(),
    };

    internal sealed record CaptureBody(decimal Amount, string Currency, string Token);

    internal sealed record PaymentAnswer(string State, string? Reference, string? Reason);

    internal sealed record EntryBody(long Number, string PaymentKey, string Kind, decimal Amount, string Currency, DateTimeOffset RecordedAt);
}
