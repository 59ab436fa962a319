using Crescent.Domain;
using Crescent.Domain.Shipments;
using Crescent.Providers.Carriers.Sandbox;

namespace Crescent.ProviderSandbox;

/// <summary>What <c>HttpCarrier</c> speaks.</summary>
internal static class ParcelApi
{
    public static void MapParcels(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/parcels/{orderId}", BookAsync);
        routes.MapPost("/parcels/{orderId}/cancel", static async (string orderId, CarrierSandbox sandbox, CancellationToken ct) =>
            await sandbox.CancelAsync(orderId, ct) ? Results.NoContent() : Results.StatusCode(StatusCodes.Status409Conflict));
    }

    static async Task<IResult> BookAsync(string orderId, BookBody body, CarrierSandbox sandbox, CancellationToken ct) =>
        await sandbox.BookAsync(new ParcelOrder(orderId, body.ShipTo, body.Pieces), ct) switch
        {
            CarrierOutcome.Booked booked => TypedResults.Ok(new ParcelAnswer(booked.TrackingNumber, null)),
            CarrierOutcome.Refused refused => TypedResults.Json(new ParcelAnswer(null, refused.Reason), statusCode: StatusCodes.Status422UnprocessableEntity),
            var other => throw new InvalidOperationException($"The carrier sandbox answered {other}."),
        };

    internal sealed record BookBody(int Pieces, Address? ShipTo);

    internal sealed record ParcelAnswer(string? TrackingNumber, string? Reason);
}
