using System.Security.Claims;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.ApiHost.OpenApi;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.Payments;

namespace Crescent.ApiHost.Orders;

/// <summary><c>/api/v1/orders</c>. Whose order it is, the order's grain decides: a foreign one is answered like a missing one.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").WithTags("Orders").Refuses(400);
        orders.MapPost("/", OrderPlacement.PlaceAsync).RequireAuthorization(Roles.Act).WithName("PlaceOrder")
            .WithSummary("Place an order; Idempotency-Key is required, Prefer: wait=N answers when the order has ended")
            .Produces<OrderBody>().Produces<OrderBody>(202).Refuses(409, 422).WithMetadata(RequestHeader.IdempotencyKey, RequestHeader.Prefer);
        orders.MapGet("/{id:guid}", GetAsync).RequireAuthorization(Roles.See).WithName("GetOrder").WithSummary("Read an order")
            .Produces<OrderBody>().Refuses(404);
        orders.MapPost("/{id:guid}/cancel", CancelAsync).RequireAuthorization(Roles.Act).WithName("CancelOrder").WithSummary("Cancel an order that has not shipped")
            .Produces<OrderBody>().Produces<OrderBody>(202).Refuses(404, 409, 412).WithMetadata(RequestHeader.IfMatch, RequestHeader.Prefer);
        orders.MapGet("/{id:guid}/payment", GetPaymentAsync).RequireAuthorization(Roles.See).WithName("GetPayment").WithSummary("Read an order's payment")
            .Produces<PaymentBody>().Refuses(404);
    }

    static async Task<IResult> GetAsync(Guid id, ClaimsPrincipal principal, GrainCalls calls, HttpContext context, CancellationToken ct)
    {
        var caller = principal.ToCaller();
        var order = await calls.CallAsync<IOrderGrain, OrderView?>(id.ToString(), (grain, token) => grain.Get(caller, token), ct);
        return order is null ? new Problem(ProblemType.OrderNotFound) : OrderAnswers.Show(order, StatusCodes.Status200OK, context);
    }

    static async Task<IResult> CancelAsync(Guid id, ClaimsPrincipal principal, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!context.Request.TryReadIfMatch(out var expected))
            return new Problem(ProblemType.PreconditionFailed);

        var command = new CancelOrder(time.NewId(), principal.ToCaller(), expected);
        var result = await calls.CallAsync<IOrderGrain, CommandResult<OrderRejectionReason>>(id.ToString(), (grain, token) => grain.Cancel(command, token), ct);
        if (!result.IsAccepted)
            return result.ToProblem();

        context.Response.SetPosition(result.Position);
        var order = await calls.CallAsync<IOrderGrain, OrderView?>(id.ToString(), (grain, token) => grain.Get(command.Caller, token), ct);
        return order is null
            ? new Problem(ProblemType.OrderNotFound)
            : OrderAnswers.ShowAccepted(await OrderAnswers.WaitAsync(order, command.Caller, calls, time, context, ct), context);
    }

    static async Task<IResult> GetPaymentAsync(Guid id, ClaimsPrincipal principal, GrainCalls calls, HttpContext context, CancellationToken ct)
    {
        var caller = principal.ToCaller();
        var payment = await calls.CallAsync<IPaymentGrain, PaymentView?>(id.ToString(), (grain, token) => grain.Get(caller, token), ct);
        if (payment is not null)
        {
            context.Response.SetVersion(payment.Version);
            return TypedResults.Ok(PaymentBody.Of(payment));
        }

        // The payment begins when the saga reaches it; until then it is pending like the order itself.
        var order = await calls.CallAsync<IOrderGrain, OrderView?>(id.ToString(), (grain, token) => grain.Get(caller, token), ct);
        return order switch
        {
            null => new Problem(ProblemType.OrderNotFound),
            { HasEnded: true } => new Problem(ProblemType.PaymentNotFound),
            _ => TypedResults.Ok(new PaymentBody(order.Id, PaymentStatus.Pending, order.Total, order.Currency, null, null)),
        };
    }
}
