namespace Crescent.Cluster.Tests.Checks;

/// <summary>The log has no gap, no double and nothing out of order.</summary>
internal static class LogCheck
{
    /// <summary>What can happen to an aggregate of its category once only.</summary>
    static readonly string[] Once =
    [
        "order.placed", "order.confirmed", "order.shipped", "order.completed", "order.rejected", "order.cancelled", "payment.captured", "payment.declined",
        "payment.refunded", "payment.cancelled", "shipment.created", "shipment.cancelled", "saga.started", "saga.completed", "saga.compensated",
    ];

    public static IEnumerable<CheckResult> Run(StoredLog log)
    {
        yield return Positions(log);
        yield return Versions(log);
        yield return Doubles(log);
    }

    static CheckResult Positions(StoredLog log)
    {
        var faults = log.Events.Select((e, i) => (e, i)).Where(at => at.e.Position != at.i + 1)
            .Select(at => $"position {at.e.Position} is event {at.i + 1} of the log").Take(5).ToList();
        if (log.Head != log.Events.Count)
            faults.Add($"the head is {log.Head}, there are {log.Events.Count} events");
        return new CheckResult("positions contiguous and unique", $"{log.Events.Count} events", faults);
    }

    static CheckResult Versions(StoredLog log)
    {
        var streams = log.Events.GroupBy(e => (e.Category, e.StreamId)).ToList();
        var faults = streams
            .Where(stream => !stream.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, stream.Count())))
            .Select(stream => $"{stream.Key} has the versions {string.Join(' ', stream.Select(e => e.Version))}");
        return new CheckResult("versions contiguous and unique, in the order of positions", $"{streams.Count} streams", [.. faults]);
    }

    static CheckResult Doubles(StoredLog log)
    {
        var ids = log.Events.GroupBy(e => e.EventId).Where(same => same.Count() > 1).Select(same => $"event id {same.Key} stands {same.Count()} times");
        var facts = log.Events.Where(e => Once.Contains(e.Type)).GroupBy(e => (e.Category, e.StreamId, e.Type)).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key} happened {same.Count()} times");
        var reservations = log.Events.Where(e => e.Type == "stock.committed").GroupBy(e => (e.StreamId, Order: (string?)e.Data["orderId"])).Where(same => same.Count() > 1)
            .Select(same => $"the stock of {same.Key} was taken out {same.Count()} times");
        return new CheckResult("nothing happened twice", $"{log.Events.Count} events", [.. ids, .. facts, .. reservations]);
    }
}
