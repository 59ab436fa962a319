using System.Text.Json;

namespace Crash.Tests;

/// <summary>
/// Kills the process before and after every durable effect of an order's way and looks, after a restart and from outside,
/// whether the order ends as it must, once. The effects come from a dry run, so a longer way is killed in more places.
/// </summary>
public sealed class KillTests
{
    private const int Stock = 100_000;
    private const int WaitSeconds = 20;
    private static readonly string[] s_businessPrefixes = ["order.", "payment.", "shipment.", "stock."];

    public static TheoryData<Way> Ways => [Way.Successful, Way.Declined, Way.Compensated];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Kill_AtEveryDurableEffect_LosesAndDoublesNothing(Way way)
    {
        using var folder = new TemporaryFolder();
        var run = new KillRun(folder.Path, way);
        var points = await run.RecordAsync();
        AssertCovers(points);

        foreach (var point in points)
            await run.KillAtAsync(point);

        await run.FinishAsync();
    }

    /// <summary>No effect without a point: each event of the way is appended under a point and applied under one by each consumer.</summary>
    private static void AssertCovers(IReadOnlyList<string> points)
    {
        Assert.Contains(points, p => p.Contains("append order", StringComparison.Ordinal));
        Assert.Contains(points, p => p.Contains("append saga", StringComparison.Ordinal));
        Assert.Contains(points, p => p.Contains("ledger capture", StringComparison.Ordinal));
        Assert.Contains(points, p => p.Contains("mail send", StringComparison.Ordinal));
        var appended = points.Where(p => p.StartsWith("After", StringComparison.Ordinal) && p.Contains(" append ", StringComparison.Ordinal)).Sum(p => p.Count(c => c == '+') + 1);
        var applied = points.Where(p => p.StartsWith("After", StringComparison.Ordinal) && p.Contains(" view ", StringComparison.Ordinal)).GroupBy(p => p.Split(' ')[3]).ToList();
        Assert.NotEmpty(applied);
        Assert.All(applied, consumer => Assert.Equal(appended, consumer.Count()));
    }

    /// <summary>One folder of data, started again and again.</summary>
    private sealed class KillRun(string folder, Way way)
    {
        private readonly Files _files = new(folder);
        private readonly Dictionary<string, int> _businessEvents = [];
        private string _productId = "";
        private string _userId = "";
        private int _orders;
        private CrashHostProcess? _host;

        public async Task<IReadOnlyList<string>> RecordAsync()
        {
            _host = await CrashHostProcess.StartAsync(folder);
            using var shop = new Shop(_host);
            _productId = await shop.CreateProductAsync("Lamp", 100m, Stock);
            _userId = await shop.CreateUserAsync("mira@example.com", "Mira Berg");
            await _host.CommandAsync("quiet");
            await _host.CommandAsync("record");
            var order = await shop.TryOrderAsync(NextKey(), Body(), WaitSeconds);
            await AssertEndedAsync(shop, order!.Value.GetProperty("id").GetString()!);
            await _host.CommandAsync("quiet");
            foreach (var (type, count) in await BusinessEventsAsync(shop, order.Value.GetProperty("id").GetString()!))
                _businessEvents.Add(type, count);
            return await _host.PointsAsync();
        }

        public async Task KillAtAsync(string point)
        {
            var key = NextKey();
            await _host!.CommandAsync("arm " + point);
            using (var shop = new Shop(_host))
                await shop.TryOrderAsync(key, Body(), WaitSeconds);
            await _host.WaitUntilKilledAsync(point);
            await _host.DisposeAsync();

            _host = await CrashHostProcess.StartAsync(folder);
            using var again = new Shop(_host);
            var order = await again.TryOrderAsync(key, Body(), WaitSeconds);
            Assert.True(order is not null, $"After '{point}' the order could not be placed again.");
            var id = order.Value.GetProperty("id").GetString()!;
            await AssertEndedAsync(again, id);
            await _host.CommandAsync("quiet");
            Assert.Equal(_businessEvents, await BusinessEventsAsync(again, id));
        }

        public async Task FinishAsync()
        {
            var before = await AnswersAsync();
            await _host!.StopAsync();
            Assert.Equal(0, _files.PositionGaps());
            Assert.Equal(0, _files.StreamsWithVersionGaps());
            Assert.Equal(0, _files.DoubledEvents());
            Assert.Equal(way.Captures * _orders, _files.LedgerEntries("capture"));
            Assert.Equal(way.Refunds * _orders, _files.LedgerEntries("refund"));

            _files.DeleteReadModels();
            _host = await CrashHostProcess.StartAsync(folder);
            await _host.CommandAsync("quiet");
            Assert.Equal(before, await AnswersAsync());
            await _host.StopAsync();
        }

        private async Task AssertEndedAsync(Shop shop, string id)
        {
            var order = await shop.GetAsync("/api/v1/orders/" + id);
            Assert.Equal(way.OrderStatus, order.GetProperty("status").GetString());
            Assert.Equal(200m, order.GetProperty("total").GetDecimal());
            Assert.Equal(way.PaymentStatus, (await shop.GetAsync($"/api/v1/orders/{id}/payment")).GetProperty("status").GetString());
            Assert.Equal(way.Captures, _files.LedgerEntries(id, "capture"));
            Assert.Equal(way.Refunds, _files.LedgerEntries(id, "refund"));

            var product = await shop.GetAsync("/api/v1/products/" + _productId);
            var left = Stock - way.UnitsSold * _orders;
            Assert.Equal((left, left, 0), (Int(product, "onHand"), Int(product, "available"), Int(product, "reserved")));
        }

        /// <summary>How often each event of the order itself happened; what the saga notes of its attempts may differ.</summary>
        private static async Task<Dictionary<string, int>> BusinessEventsAsync(Shop shop, string id)
        {
            var timeline = await shop.GetAsync($"/api/v1/orders/{id}/timeline");
            return timeline.GetProperty("items").EnumerateArray()
                .Select(entry => entry.GetProperty("type").GetString()!)
                .Where(type => s_businessPrefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)))
                .GroupBy(type => type)
                .ToDictionary(group => group.Key, group => group.Count());
        }

        /// <summary>Everything the read models answer, for a comparison with a fresh rebuild.</summary>
        private async Task<List<string>> AnswersAsync()
        {
            using var shop = new Shop(_host!);
            var answers = new List<string>();
            foreach (var path in new[] { "/api/v1/orders?limit=100", "/api/v1/products?limit=100", "/api/v1/users?limit=100", "/api/v1/admin/sagas?limit=100", "/api/v1/admin/analytics" })
                answers.Add((await shop.GetAsync(path)).GetRawText());
            foreach (var order in JsonSerializer.Deserialize<JsonElement>(answers[0]).GetProperty("items").EnumerateArray())
                answers.Add((await shop.GetAsync($"/api/v1/orders/{order.GetProperty("id").GetString()}/timeline")).GetRawText());
            return answers;
        }

        private string NextKey() => $"{way.Name}-{++_orders}";

        private object Body() => new
        {
            userId = _userId,
            items = new[] { new { productId = _productId, quantity = Way.Quantity } },
            payment = new { token = way.PaymentToken },
            shipTo = new { name = "Mira Berg", street = "Lindenweg 1", city = way.City, postalCode = "10115", country = "DE" },
        };

        private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
    }
}
