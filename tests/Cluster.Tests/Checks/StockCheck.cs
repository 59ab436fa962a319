using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.Cluster.Tests.Checks;

/// <summary>Received + adjusted = available + reserved + committed, at every version of every product.</summary>
internal static class StockCheck
{
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(StoredLog log, RunningCrescent host)
    {
        var stocks = log.Events.Where(e => e.Category == "inventory").GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream => Fold(stream));
        var faults = stocks.SelectMany(stock => stock.Value.Faults.Select(fault => $"{stock.Key}: {fault}")).ToList();
        var answers = new List<string>();
        foreach (var (product, stock) in stocks)
        {
            var answer = (await host.As(null).Get($"/api/v1/products/{product}")).Expect(HttpStatusCode.OK);
            if (((long)answer["available"]!, (long)answer["reserved"]!, (int)answer["version"]!) != (stock.Available, stock.Reserved, stock.Version))
                answers.Add($"{product}: the log says {stock}, the API {answer.ToJsonString()}");
        }

        return
        [
            new CheckResult("stock conserved at every version, never oversold", $"{stocks.Count} products, {stocks.Values.Sum(stock => stock.Version)} versions", faults),
            new CheckResult("the API's stock is the log's", $"{stocks.Count} products", answers),
            SoldOrders(log, stocks),
        ];
    }

    /// <summary>What left the stock is what shipped orders name, and nothing stays reserved for an order that has ended.</summary>
    static CheckResult SoldOrders(StoredLog log, Dictionary<string, Stock> stocks)
    {
        var orders = log.Orders();
        var sold = orders.Where(order => order.Events.Any(e => e.Type == "order.shipped")).SelectMany(order => order.Lines)
            .GroupBy(line => line.ProductId).ToDictionary(lines => lines.Key, lines => lines.Sum(line => (long)line.Quantity));
        var ended = orders.Where(order => order.HasEnded).Select(order => order.Id).ToHashSet();
        var faults = new List<string>();
        if (orders.All(order => order.HasEnded))
        {
            faults.AddRange(stocks.Where(stock => stock.Value.Committed != sold.GetValueOrDefault(stock.Key))
                .Select(stock => $"{stock.Key}: {stock.Value.Committed} units left the stock, shipped orders name {sold.GetValueOrDefault(stock.Key)}"));
        }

        faults.AddRange(stocks.SelectMany(stock => stock.Value.Held.Where(held => ended.Contains(held.Key))
            .Select(held => $"{stock.Key}: {held.Value} units are reserved for order {held.Key}, which has ended")));
        return new CheckResult("units out of stock = units of shipped orders", $"{sold.Values.Sum()} units", faults);
    }

    static Stock Fold(IEnumerable<StoredRow> stream)
    {
        var stock = new Stock();
        foreach (var e in stream)
            stock.Apply(e);
        return stock;
    }

    sealed class Stock
    {
        long _brought;

        public long Available { get; private set; }

        public long Reserved { get; private set; }

        public long Committed { get; private set; }

        public int Version { get; private set; }

        /// <summary>Units reserved per order.</summary>
        public Dictionary<string, long> Held { get; } = [];

        public List<string> Faults { get; } = [];

        public override string ToString() => $"available {Available}, reserved {Reserved}, version {Version}";

        public void Apply(StoredRow e)
        {
            var data = e.Data;
            var quantity = (long?)data["quantity"] ?? 0;
            Version = e.Version;
            switch (e.Type)
            {
                case "stock.received": (_brought, Available) = (_brought + quantity, Available + quantity); break;
                case "stock.adjusted": (_brought, Available) = (_brought + (long)data["by"]!, Available + (long)data["by"]!); break;
                case "stock.reserved": Hold(data, quantity); break;
                case "stock.reservation_expired": Free(data); break;
                case "stock.released" when (string?)data["from"] == "reservation": Free(data); break;
                case "stock.released" when (string?)data["from"] == "commitment": (Committed, Available) = (Committed - quantity, Available + quantity); break;
                case "stock.committed":
                    Free(data);
                    (Committed, Available) = (Committed + quantity, Available - quantity);
                    break;
            }

            if (Available < 0 || Reserved < 0 || Committed < 0 || _brought != Available + Reserved + Committed)
                Faults.Add($"version {Version}: {_brought} came in, {Available} available, {Reserved} reserved, {Committed} committed");
        }

        void Hold(System.Text.Json.Nodes.JsonNode data, long quantity)
        {
            if (!Held.TryAdd((string)data["orderId"]!, quantity))
                Faults.Add($"version {Version}: order {data["orderId"]} reserves twice");
            (Available, Reserved) = (Available - quantity, Reserved + quantity);
        }

        void Free(System.Text.Json.Nodes.JsonNode data)
        {
            if (!Held.Remove((string)data["orderId"]!, out var quantity))
                Faults.Add($"version {Version}: order {data["orderId"]} gives back what it does not hold");
            (Available, Reserved) = (Available + quantity, Reserved - quantity);
        }
    }
}
