using System.Net;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Load;

/// <summary>
/// Orders at a steady rate, whatever becomes of those before. Each is asked for with its key until it is accepted, as every
/// client should.
/// </summary>
internal sealed class OrderLoad(LoadClient client, OrderPlan plan, Shoppers shoppers, RunClock clock, History history)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <param name="giveUpAt">An order that is not accepted by then never is.</param>
    public async Task RunAsync(double perSecond, TimeSpan until, TimeSpan giveUpAt, CancellationToken ct)
    {
        var started = clock.Now;
        var orders = new List<Task>();
        for (var number = 0; clock.Now < until; number++)
        {
            orders.Add(PlaceAsync(plan.Order(number), giveUpAt, ct));
            await clock.UntilAsync(started + TimeSpan.FromSeconds((number + 1) / perSecond), ct);
        }

        await Task.WhenAll(orders);
    }

    async Task PlaceAsync(PlannedOrder order, TimeSpan giveUpAt, CancellationToken ct)
    {
        var first = clock.Now;
        var token = shoppers.Tokens[order.Buyer];
        for (var pause = FirstPause; clock.Now < giveUpAt; pause = Longer(pause))
        {
            var reply = await client.SendAsync("place", HttpMethod.Post, "/api/v1/orders", token, shoppers.Body(order), order.Key);
            if (reply.Outcome == Outcome.Surprising)
                return;
            if (reply.Outcome == Outcome.Done)
            {
                var id = reply.Text("id")!;
                history.Add(new AcceptedOrder(order, id, first, clock.Now));
                if (order.Way == OrderWay.Regretted)
                    await CancelAsync(id, token, giveUpAt, ct);
                return;
            }

            await clock.PauseAsync(pause, ct);
        }

        history.AddSurprise($"{order.Key} was not accepted until {giveUpAt.TotalSeconds:F0} s.");
    }

    /// <summary>Until it is cancelled, or it is too late for that.</summary>
    async Task CancelAsync(string id, string token, TimeSpan giveUpAt, CancellationToken ct)
    {
        for (var pause = FirstPause; clock.Now < giveUpAt; pause = Longer(pause))
        {
            var reply = await client.SendAsync("cancel", HttpMethod.Post, $"/api/v1/orders/{id}/cancel", token, expected: [HttpStatusCode.Conflict]);
            if (reply.Outcome is Outcome.Done or Outcome.Surprising)
                return;
            await clock.PauseAsync(pause, ct);
        }
    }

    static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
