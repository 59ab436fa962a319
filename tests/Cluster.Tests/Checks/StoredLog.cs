using System.Text.Json.Nodes;
using Crescent.Cluster.Tests.Clusters;
using Npgsql;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>The whole log, read with SQL and without Crescent.</summary>
internal sealed record StoredLog(IReadOnlyList<StoredRow> Events, long Head)
{
    const string OrderCategory = "order";

    public static async Task<StoredLog> ReadAsync(LocalCluster cluster)
    {
        await using var connection = await cluster.ConnectAsync();
        var events = new List<StoredRow>();
        await using (var command = new NpgsqlCommand(
            "SELECT position, category, stream_id, version, type, event_id, time, data::text FROM events ORDER BY position", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                events.Add(new StoredRow(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.GetGuid(5),
                    reader.GetDateTime(6), reader.GetString(7)));
            }
        }

        await using var head = new NpgsqlCommand("SELECT position FROM log_head", connection);
        return new StoredLog(events, (long)(await head.ExecuteScalarAsync())!);
    }

    /// <summary>Each order with what happened to it.</summary>
    public IReadOnlyList<StoredOrder> Orders() =>
    [
        .. Events.Where(e => e.Category == OrderCategory).GroupBy(e => e.StreamId).Select(stream => new StoredOrder(stream.Key, [.. stream])),
    ];
}

/// <summary>An event as it stands in the table.</summary>
internal sealed record StoredRow(long Position, string Category, string StreamId, int Version, string Type, Guid EventId, DateTime Time, string Json)
{
    public JsonNode Data => JsonNode.Parse(Json)!;
}

/// <summary>An order's events, oldest first.</summary>
internal sealed record StoredOrder(string Id, IReadOnlyList<StoredRow> Events)
{
    static readonly Dictionary<string, string> Statuses = new()
    {
        ["order.placed"] = "placed",
        ["order.confirmed"] = "confirmed",
        ["order.shipped"] = "shipped",
        ["order.completed"] = "completed",
        ["order.rejected"] = "rejected",
        ["order.cancel_requested"] = "cancelling",
        ["order.cancelled"] = "cancelled",
    };

    public string Status => Statuses[Events[^1].Type];

    public int Version => Events[^1].Version;

    public bool HasEnded => Status is "completed" or "rejected" or "cancelled";

    public DateTime PlacedAt => Events[0].Time;

    public DateTime EndedAt => Events[^1].Time;

    public decimal Total => (decimal)Events[0].Data["total"]!["amount"]!;

    /// <summary>Units of each product that were ordered.</summary>
    public IEnumerable<(string ProductId, int Quantity)> Lines =>
        Events[0].Data["lines"]!.AsArray().Select(line => ((string)line!["productId"]!, (int)line["quantity"]!));
}
