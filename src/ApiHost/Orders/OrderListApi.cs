using System.Security.Claims;
using System.Text.Json.Nodes;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;
using Crescent.ReadModels;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Projections;

namespace Crescent.ApiHost.Orders;

/// <summary>What is read of orders from their read model: lists and timelines.</summary>
internal static class OrderListApi
{
    public static void MapOrderLists(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders").WithTags("Orders").RequireAuthorization(Roles.See).Refuses(400);
        orders.MapGet("/", ListAsync).WithName("ListOrders").WithSummary("List orders, newest first; customers see their own")
            .Produces<Page<OrderBody>>();
        orders.MapGet("/{id:guid}/timeline", GetTimelineAsync).WithName("GetTimeline").WithSummary("Read everything that happened to an order")
            .Produces<Page<TimelineBody>>().Refuses(404);
    }

    static async Task<IResult> ListAsync(
        [AsParameters] ListParameters list, string? status, string? userId, ClaimsPrincipal principal, Listing listing, OrderQueries orders, HttpContext context)
    {
        if (status is not null && !Enum.GetNames<OrderStatus>().Contains(status, StringComparer.OrdinalIgnoreCase))
        {
            var errors = new FieldErrors();
            errors.Add("status", $"must be one of {string.Join(", ", Enum.GetNames<OrderStatus>().Select(name => name.ToLowerInvariant()))}");
            return errors.ToProblem();
        }

        var caller = principal.ToCaller();
        // A customer that asks for somebody else's orders gets what there is for it to see: none.
        if (userId is not null && !caller.MaySee(userId))
            return TypedResults.Ok(new Page<OrderBody>([], null));

        var owner = caller.Role == CallerRole.Customer ? caller.UserId : userId;
        return await listing.PageAsync(
            context, ProjectionNames.Orders, (page, ct) => orders.ListAsync(owner, status?.ToLowerInvariant(), page, ct), OrderBody.Of);
    }

    static async Task<IResult> GetTimelineAsync(
        Guid id, [AsParameters] ListParameters list, ClaimsPrincipal principal, GrainCalls calls, Listing listing, OrderQueries orders, HttpContext context, CancellationToken ct)
    {
        var caller = principal.ToCaller();
        var order = await calls.CallAsync<IOrderGrain, OrderView?>(id.ToString(), (grain, token) => grain.Get(caller, token), ct);
        return order is null
            ? new Problem(ProblemType.OrderNotFound)
            : await listing.PageAsync(context, ProjectionNames.Orders, (page, token) => orders.TimelineAsync(order.Id, page, token), TimelineBody.Of);
    }
}

/// <summary>One event in the life of an order, whichever part of the system it happened to.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Aggregate">Kind of the aggregate it happened to.</param>
/// <param name="AggregateId">Which one.</param>
/// <param name="Version">The version it led the aggregate to.</param>
/// <param name="Type">What happened, such as <c>order.placed</c>.</param>
/// <param name="Time">When.</param>
/// <param name="EventId">Names the event for ever.</param>
/// <param name="CommandId">The command that caused it.</param>
/// <param name="CorrelationId">What ties together everything one request set off.</param>
/// <param name="CausationId">What directly caused it.</param>
/// <param name="TraceParent">The W3C trace context it was recorded in.</param>
/// <param name="Data">The event, without what is personal.</param>
internal sealed record TimelineBody(
    long Position, string Aggregate, string AggregateId, int Version, string Type, DateTimeOffset Time, Guid EventId, Guid CommandId,
    string CorrelationId, string? CausationId, string? TraceParent, JsonNode? Data)
{
    public static TimelineBody Of(TimelineEntry entry) => new(
        entry.Position, entry.Aggregate, entry.AggregateId, entry.Version, entry.Type, entry.Time, entry.EventId, entry.CommandId,
        entry.CorrelationId, entry.CausationId, entry.TraceParent, JsonNode.Parse(entry.Data));
}
