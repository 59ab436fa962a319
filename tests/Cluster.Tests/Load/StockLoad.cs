using System.Net;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Load;

/// <summary>An administrator who receives and corrects stock all the time. What was not answered is not asked for again.</summary>
internal sealed class StockLoad(LoadClient client, Shoppers shoppers, string adminToken, RunClock clock)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task RunAsync(int seed, TimeSpan until, CancellationToken ct)
    {
        var random = new Random(seed);
        while (clock.Now < until)
        {
            var product = shoppers.Products[random.Next(shoppers.Products.Count)];
            object change = random.Next(2) == 0 ? new { received = random.Next(1, 4) } : new { adjustBy = -1, reason = "broken" };
            await client.SendAsync("change stock", HttpMethod.Post, $"/api/v1/products/{product}/stock", adminToken, change, expected: [HttpStatusCode.Conflict]);
            await clock.PauseAsync(Pause, ct);
        }
    }
}
