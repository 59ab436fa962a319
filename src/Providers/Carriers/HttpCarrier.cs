using System.Net;
using Crescent.Domain.Shipments;
using Crescent.Providers.Http;

namespace Crescent.Providers.Carriers;

/// <summary>
/// A carrier over HTTP:
/// <code>
/// PUT  parcels/{orderId}          {"pieces", "shipTo"}, Idempotency-Key: {orderId}
///                                 200 {"trackingNumber"}, 422 {"reason"}
/// POST parcels/{orderId}/cancel   200 or 204 cancelled, 409 under way
/// </code>
/// Anything else is an exception, that is, an unknown outcome.
/// </summary>
public sealed class HttpCarrier(HttpClient client, string name) : ICarrier
{
    public string Name => name;

    public async Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default)
    {
        var body = new { pieces = parcel.Pieces, shipTo = parcel.ShipTo };
        var answer = await ProviderHttp.PutAsync<ParcelAnswer>(client, PathOf(parcel.OrderId), parcel.OrderId, body, ct);
        return (answer.Status, answer.Body) switch
        {
            (HttpStatusCode.OK, { TrackingNumber: { } number }) => new CarrierOutcome.Booked(number),
            (HttpStatusCode.UnprocessableEntity, var refusal) => new CarrierOutcome.Refused(refusal?.Reason ?? "refused"),
            _ => throw ProviderHttp.Unexpected(answer),
        };
    }

    public async Task<bool> CancelAsync(string orderId, CancellationToken ct = default)
    {
        var answer = await ProviderHttp.PostAsync<ParcelAnswer>(client, PathOf(orderId) + "/cancel", ct);
        return answer.Status switch
        {
            HttpStatusCode.OK or HttpStatusCode.NoContent => true,
            HttpStatusCode.Conflict => false,
            _ => throw ProviderHttp.Unexpected(answer),
        };
    }

    private static string PathOf(string orderId) => $"parcels/{Uri.EscapeDataString(orderId)}";

    private sealed record ParcelAnswer(string? TrackingNumber, string? Reason);
}
