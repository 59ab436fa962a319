using Crescent.ApiHost.Tests.Hosting;
using Crescent.Domain.Payments;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>What the provider's own books say, against what the orders say.</summary>
internal static class MoneyCheck
{
    public static CheckResult Run(StoredLog log, RunningCrescent host)
    {
        var entries = Ledger.Of(host).Entries.GroupBy(entry => entry.Key).ToDictionary(own => own.Key, own => own.ToList());
        var orders = log.Orders();
        var faults = new List<string>();
        foreach (var order in orders)
        {
            var own = entries.GetValueOrDefault(PaymentKey.Of(order.Id).Value) ?? [];
            var captures = own.Count(entry => entry.IsCapture);
            var net = own.Sum(entry => entry.IsCapture ? entry.Amount : -entry.Amount);
            var wanted = order.Status == "completed" ? order.Total : 0;
            if (captures > 1 || own.Count - captures > captures || (order.HasEnded && net != wanted) || (order.Status == "completed" && captures != 1))
                faults.Add($"order {order.Id} is {order.Status} with a total of {order.Total}; the provider captured {captures} times, net {net}");
        }

        var known = orders.Select(order => PaymentKey.Of(order.Id).Value).ToHashSet();
        faults.AddRange(entries.Keys.Where(key => !known.Contains(key)).Select(key => $"the provider took money under the key {key}, which is no order's"));
        return new CheckResult(
            "at most one capture per order, completed: net = total, else net 0",
            $"{orders.Count} orders, {entries.Values.Sum(own => own.Count(entry => entry.IsCapture))} captures, {entries.Values.Sum(own => own.Count(entry => !entry.IsCapture))} refunds",
            faults);
    }
}
