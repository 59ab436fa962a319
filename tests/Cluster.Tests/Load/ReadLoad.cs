using System.Text.Json.Nodes;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Load;

/// <summary>Sessions that look at accepted orders, at products and at lists, and must never see anything go back.</summary>
internal sealed class ReadLoad(LoadClient client, Shoppers shoppers, RunClock clock, History history)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public Task RunAsync(int sessions, TimeSpan until, CancellationToken ct) =>
        Task.WhenAll(Enumerable.Range(0, sessions).Select(session => ReadAsync(session, until, ct)));

    async Task ReadAsync(int buyer, TimeSpan until, CancellationToken ct)
    {
        var seen = new Dictionary<string, int>();
        var random = new Random(buyer);
        while (clock.Now < until)
        {
            switch (random.Next(3))
            {
                case 0 when history.Accepted.Where(order => order.Plan.Buyer == buyer).ToList() is { Count: > 0 } own:
                    var path = $"/api/v1/orders/{own[random.Next(own.Count)].Id}";
                    await ReadOneAsync("read an order", path, buyer, seen);
                    break;
                case 1:
                    await ReadOneAsync("read a product", $"/api/v1/products/{shoppers.Products[random.Next(shoppers.Products.Count)]}", buyer, seen);
                    break;
                default:
                    await ReadListAsync(buyer, seen);
                    break;
            }

            await clock.PauseAsync(Pause, ct);
        }
    }

    async Task ReadOneAsync(string kind, string path, int buyer, Dictionary<string, int> seen)
    {
        var reply = await client.SendAsync(kind, HttpMethod.Get, path, shoppers.Tokens[buyer]);
        if (reply is { Outcome: Outcome.Done, Body: { } body })
            Compare(path, body, seen);
    }

    /// <summary>The list is another source than the order itself, and may be behind it, but not behind itself.</summary>
    async Task ReadListAsync(int buyer, Dictionary<string, int> seen)
    {
        var reply = await client.SendAsync("read a list", HttpMethod.Get, "/api/v1/orders?limit=10", shoppers.Tokens[buyer]);
        if (reply is not { Outcome: Outcome.Done, Body: { } body })
            return;
        foreach (var order in body["items"]!.AsArray())
            Compare("list:" + (string)order!["id"]!, order, seen);
    }

    void Compare(string what, JsonNode body, Dictionary<string, int> seen)
    {
        var version = (int)body["version"]!;
        if (version < seen.GetValueOrDefault(what))
            history.AddSurprise($"{clock.Now.TotalSeconds:F1} s: {what} went back from version {seen[what]} to {version}.");
        seen[what] = version;
    }
}
