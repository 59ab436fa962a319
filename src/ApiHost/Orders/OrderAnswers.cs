using System.Globalization;
using Crescent.ApiHost.Grains;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.Orders;

namespace Crescent.ApiHost.Orders;

/// <summary>What the operations on orders answer with.</summary>
internal static class OrderAnswers
{
    /// <summary>200 for an order that nothing will change any more, 202 for one that is on its way.</summary>
    public static IResult ShowAccepted(OrderView order, HttpContext context) =>
        Show(order, order.HasEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, context);

    public static IResult Show(OrderView order, int status, HttpContext context)
    {
        context.Response.SetVersion(order.Version);
        return TypedResults.Json(OrderBody.Of(order), statusCode: status);
    }

    /// <summary>
    /// The order as soon as it has ended or the time of <c>Prefer: wait</c> is over; <paramref name="known"/> when the client
    /// does not want to wait. What was accepted stays accepted when waiting fails, so that is no failure of the request.
    /// </summary>
    public static async Task<OrderView> WaitAsync(
        OrderView known, Caller caller, GrainCalls calls, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (known.HasEnded || Preferences.Wait(context.Request.Headers["Prefer"]) is not { } wait)
            return known;

        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds}");
        var start = time.GetTimestamp();
        try
        {
            for (var left = wait; left > TimeSpan.Zero && !known.HasEnded; left = wait - time.GetElapsedTime(start))
            {
                var limit = left;
                known = await calls.CallAsync<IOrderGrain, OrderView?>(
                    known.Id, (grain, token) => grain.WaitUntilEnded(caller, limit, token), ct, limit) ?? known;
            }
        }
        catch (GrainUnavailableException)
        {
        }

        return known;
    }
}
