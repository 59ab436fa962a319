using System.Diagnostics;
using System.Security.Claims;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces.Idempotency;
using Crescent.GrainInterfaces.Orders;

namespace Crescent.ApiHost.Orders;

/// <summary><c>POST /api/v1/orders</c>.</summary>
internal static class OrderPlacement
{
    /// <summary>How long the key's grain lets a duplicate wait for the first request before it answers that this is still being decided.</summary>
    static readonly TimeSpan DuplicateWaits = TimeSpan.FromSeconds(5);

    public static async Task<IResult> PlaceAsync(
        JsonBody<PlaceOrderBody> body, ClaimsPrincipal principal, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIdempotencyKey(out var key, out var refusal))
            return refusal!;

        var caller = principal.ToCaller();
        var wish = body.Value;
        var command = new PlaceOrder(
            caller, wish.UserId, [.. wish.Items.Select(item => new OrderItem(item.ProductId, item.Quantity))], wish.Payment.Token, wish.ShipTo?.ToAddress());
        var placed = await calls.CallAsync<IIdempotencyGrain, PlaceOrderResult>(
            IdempotencyKey.Of(caller.UserId, key), (grain, token) => grain.Place(command, token), ct, DuplicateWaits);
        if (!placed.Result.IsAccepted)
            return placed.Result.ToProblem();

        Activity.Current?.SetTag("order.id", placed.OrderId);
        context.Response.SetPosition(placed.Result.Position);
        context.Response.Headers.Location = $"/api/v1/orders/{placed.OrderId}";
        return OrderAnswers.ShowAccepted(await OrderAnswers.WaitAsync(placed.Order!, caller, calls, time, context, ct), context);
    }
}
