using System.Net;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Load;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>Every accepted order is there and has ended as it must, or can be seen to be stuck; its key answers it for ever.</summary>
internal static class OrdersCheck
{
    const int AtOnce = 8;
    const int WithAnotherBody = 25;

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(StoredLog log, History history, Shoppers shoppers, RunningCrescent host)
    {
        var stored = log.Orders().ToDictionary(order => order.Id);
        var accepted = history.Accepted;
        var stuck = await StuckAsync(host);
        var ends = await ForEachAsync(accepted, order => FindFaultAsync(order, stored, stuck, host));
        var keys = await ForEachAsync(accepted, order => AskAgainAsync(order, shoppers, host));
        var others = await ForEachAsync(accepted.Take(WithAnotherBody), order => AskOtherwiseAsync(order, shoppers, host));
        var unknown = stored.Values.Where(order => !order.HasEnded && !stuck.Contains(order.Id)).Select(order => $"order {order.Id} is still {order.Status}");
        var shown = stored.Values.Count(order => !order.HasEnded && stuck.Contains(order.Id));
        return
        [
            new CheckResult("every accepted order exists and ended as it must, or is visibly stuck", $"{accepted.Count} accepted, {shown} stuck", ends),
            new CheckResult("every order in the log has ended, or is visibly stuck", $"{stored.Count} orders", [.. unknown]),
            new CheckResult("an idempotency key answers its order for ever", $"{accepted.Count} keys, {WithAnotherBody} with another body", [.. keys, .. others]),
            new CheckResult("no client saw what it must not", $"{history.Attempts.Count} requests", [.. history.Surprises]),
        ];
    }

    static async Task<string?> FindFaultAsync(AcceptedOrder order, Dictionary<string, StoredOrder> stored, HashSet<string> stuck, RunningCrescent host)
    {
        var name = $"{order.Plan.Key} ({order.Plan.Way.Name}, order {order.Id}, accepted at {order.AcceptedAt.TotalSeconds:F1} s)";
        if (!stored.TryGetValue(order.Id, out var row))
            return $"{name} is not in the log";
        var answer = await host.AsAdmin().Get($"/api/v1/orders/{order.Id}");
        if (answer.Status != HttpStatusCode.OK)
            return $"{name}: {answer}";
        if ((answer.Text("status"), (int?)answer.Body!["version"]) != (row.Status, row.Version))
            return $"{name} is {row.Status} at version {row.Version} in the log, but {answer}";
        return row.HasEnded && !order.Plan.Way.Ends.Contains(row.Status) ? $"{name} must not end like this: {answer}"
            : row.HasEnded || stuck.Contains(order.Id) ? null
            : $"{name} is still {row.Status}";
    }

    static async Task<string?> AskAgainAsync(AcceptedOrder order, Shoppers shoppers, RunningCrescent host)
    {
        var answer = await PlaceAsync(order, shoppers.Body(order.Plan), shoppers, host);
        return answer.Status is HttpStatusCode.OK or HttpStatusCode.Accepted && answer.Text("id") == order.Id ? null : $"{order.Plan.Key} was order {order.Id}, now {answer}";
    }

    static async Task<string?> AskOtherwiseAsync(AcceptedOrder order, Shoppers shoppers, RunningCrescent host)
    {
        var answer = await PlaceAsync(order, shoppers.Body(order.Plan, extraUnits: 1), shoppers, host);
        return answer.Problem == "idempotency-key-reused" ? null : $"{order.Plan.Key} with another body: {answer}";
    }

    static Task<Answer> PlaceAsync(AcceptedOrder order, object body, Shoppers shoppers, RunningCrescent host) =>
        RunningCrescent.Client(host.BaseAddress, shoppers.Tokens[order.Plan.Buyer]).Post("/api/v1/orders", body, ("Idempotency-Key", order.Plan.Key));

    /// <summary>The orders whose sagas operators are shown as stuck, with a reason and the number of tries.</summary>
    static async Task<HashSet<string>> StuckAsync(RunningCrescent host)
    {
        var stuck = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = (await host.AsAdmin().Get("/api/v1/admin/sagas?status=stuck&limit=100" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)))).Expect(HttpStatusCode.OK);
            foreach (var saga in page["items"]!.AsArray().Where(saga => saga!["reason"] is not null && (int)saga["tries"]! > 0))
                stuck.Add((string)saga!["orderId"]!);
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        return stuck;
    }

    static async Task<IReadOnlyList<string>> ForEachAsync(IEnumerable<AcceptedOrder> orders, Func<AcceptedOrder, Task<string?>> check)
    {
        var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) =>
        {
            if (await check(order) is { } fault)
                faults.Enqueue(fault);
        });
        return [.. faults];
    }
}
