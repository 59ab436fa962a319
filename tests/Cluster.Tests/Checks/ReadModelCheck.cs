using System.Net;
using System.Text.Json.Nodes;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>What lists and analytics show is what stands in the log.</summary>
internal static class ReadModelCheck
{
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(StoredLog log, RunningCrescent host) =>
    [
        await OrdersAsync(log, host),
        await ProductsAsync(log, host),
        await SagasAsync(log, host),
        await AnalyticsAsync(log, host),
    ];

    static async Task<CheckResult> OrdersAsync(StoredLog log, RunningCrescent host)
    {
        var shown = (await ListAsync(host, "/api/v1/orders")).ToDictionary(row => (string)row["id"]!, row => ((string)row["status"]!, (int)row["version"]!));
        var wanted = log.Orders().ToDictionary(order => order.Id, order => (order.Status, order.Version));
        return new CheckResult("the list of orders is the log's", $"{wanted.Count} orders", Differences(wanted, shown));
    }

    static async Task<CheckResult> ProductsAsync(StoredLog log, RunningCrescent host)
    {
        var shown = (await ListAsync(host, "/api/v1/products")).ToDictionary(row => (string)row["id"]!, row => (int)row["version"]!);
        var wanted = log.Events.Where(e => e.Category == "inventory").GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream => stream.Max(e => e.Version));
        return new CheckResult("the list of products is the log's", $"{wanted.Count} products", Differences(wanted, shown));
    }

    static async Task<CheckResult> SagasAsync(StoredLog log, RunningCrescent host)
    {
        var shown = (await ListAsync(host, "/api/v1/admin/sagas")).ToDictionary(row => (string)row["orderId"]!, row => (int)row["version"]!);
        var wanted = log.Events.Where(e => e.Type.StartsWith("saga.", StringComparison.Ordinal)).GroupBy(e => e.StreamId)
            .ToDictionary(stream => stream.Key, stream => stream.Max(e => e.Version));
        return new CheckResult("the list of sagas is the log's", $"{wanted.Count} sagas", Differences(wanted, shown));
    }

    static async Task<CheckResult> AnalyticsAsync(StoredLog log, RunningCrescent host)
    {
        var orders = log.Orders();
        var completed = orders.Where(order => order.Status == "completed").ToList();
        var wanted = new Dictionary<string, decimal>
        {
            ["orders"] = orders.Count,
            ["revenue"] = completed.Sum(order => order.Total),
            ["units"] = completed.Sum(order => order.Lines.Sum(line => line.Quantity)),
            ["registrations"] = log.Events.Count(e => e.Type == "user.created"),
        };
        var shown = new Dictionary<string, decimal>();
        foreach (var metric in wanted.Keys)
        {
            var answer = await host.AsAdmin().Get($"/api/v1/admin/analytics?metric={metric}&size=day&before={DateTime.UtcNow.AddDays(1):O}");
            shown[metric] = answer.Expect(HttpStatusCode.OK)["buckets"]!.AsArray().Sum(bucket => (decimal)bucket!["value"]!);
        }

        return new CheckResult("analytics count each event once", string.Join(", ", wanted.Select(metric => $"{metric.Value} {metric.Key}")), Differences(wanted, shown));
    }

    static async Task<List<JsonNode>> ListAsync(RunningCrescent host, string path)
    {
        var rows = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = (await host.AsAdmin().Get($"{path}?limit=100{(cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor))}")).Expect(HttpStatusCode.OK);
            rows.AddRange(page["items"]!.AsArray().Select(row => row!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        return rows;
    }

    static List<string> Differences<T>(Dictionary<string, T> wanted, Dictionary<string, T> shown) =>
    [
        .. wanted.Where(row => !shown.TryGetValue(row.Key, out var found) || !Equals(found, row.Value))
            .Select(row => $"{row.Key} must be {row.Value}, but is shown as {(shown.TryGetValue(row.Key, out var found) ? found!.ToString() : "missing")}"),
        .. shown.Keys.Except(wanted.Keys).Select(key => $"{key} is shown, and is not in the log"),
    ];
}
