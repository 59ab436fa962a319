using System.Text.Json;
using Crescent.Testing;

namespace Crash.Tests;

/// <summary>
/// Kills the process before and after every durable effect of an order's way and looks, after a restart and from outside,
/// whether the order ends as it must, once. The effects come from a dry run, so a longer way is killed in more places.
/// </summary>
public abstract class KillTests(Way way)
{
    private const int Stock = 100_000;
    private const int WaitSeconds = 20;
    private const string NothingDurableYet = "Before 1 append order Placed";
    private static readonly string[] s_consumers = ["users", "products", "orders", "sagas", "due", "saga-starter", "user-follow-ups"];
    private static readonly string[] s_businessPrefixes = ["order.", "payment.", "shipment.", "stock."];

    [Fact]
    public async Task Kill_AtEveryDurableEffect_LosesAndDoublesNothing()
    {
        using var folder = new TempFolder();
        var run = new KillRun(folder.Path, way);
        var (points, events) = await run.RecordAsync();
        AssertCovers(way, points, events);

        foreach (var point in points)
            await run.KillAtAsync(point);

        await run.FinishAsync();
    }

    /// <summary>No effect without a point: every event of the way, the books of both providers, mails, and each consumer of the log.</summary>
    private static void AssertCovers(Way way, IReadOnlyList<string> points, int events)
    {
        var after = points.Where(p => p.StartsWith("After", StringComparison.Ordinal)).ToList();
        Assert.Equal(points.Count, 2 * after.Count);
        Assert.Equal(events, after.Where(p => p.Contains(" append ", StringComparison.Ordinal)).Sum(p => p.Count(c => c == '+') + 1));
        Assert.Contains(after, p => p.EndsWith(" ledger capture", StringComparison.Ordinal));
        Assert.Contains(after, p => p.EndsWith(" first analytics", StringComparison.Ordinal));
        Assert.Equal(way.Refunds, after.Count(p => p.EndsWith(" ledger refund", StringComparison.Ordinal)));
        Assert.Equal(way.Mails, after.Count(p => p.EndsWith(" mail send", StringComparison.Ordinal)));
        Assert.All(s_consumers, consumer => Assert.Contains(after, p => p.EndsWith(" first view " + consumer, StringComparison.Ordinal)));
    }

    /// <summary>One folder of data, started again and again.</summary>
    private sealed class KillRun(string folder, Way way)
    {
        private readonly Files _files = new(folder);
        private readonly Dictionary<string, int> _businessEvents = [];
        private readonly HashSet<string> _known = [];
        private string _productId = "";
        private string _userId = "";
        private int _orders;
        private CrashHostProcess? _host;

        public async Task<(IReadOnlyList<string> Points, int Events)> RecordAsync()
        {
            _host = await CrashHostProcess.StartAsync(folder);
            using var shop = new Shop(_host);
            _productId = await shop.CreateProductAsync("Lamp", 100m, Stock);
            _userId = await shop.CreateUserAsync("mira@example.com", "Mira Berg");
            await _host.CommandAsync("quiet");
            await _host.CommandAsync("record");
            var order = await shop.TryOrderAsync(NextKey(), Body(), WaitSeconds);
            var id = order!.Value.GetProperty("id").GetString()!;
            _known.Add(id);
            await AssertEndedAsync(shop, id);
            await _host.CommandAsync("quiet");
            foreach (var (type, count) in await BusinessEventsAsync(shop, id))
                _businessEvents.Add(type, count);
            var points = await Eventually.GetAsync(
                _host.PointsAsync, points => points.Any(p => p.EndsWith(" first analytics", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
            return (points, (await TimelineAsync(shop, id)).Count);
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
            // Once it is in the log the order goes its way although nobody asks again; who does gets the same one.
            var found = point == NothingDurableYet ? null : await EndedOrderAsync(again);
            var order = await again.TryOrderAsync(key, Body(), WaitSeconds);
            Assert.True(order is not null, $"After '{point}' the order could not be placed again.");
            var id = order.Value.GetProperty("id").GetString()!;
            Assert.Equal(found ?? id, id);
            Assert.True(_known.Add(id), $"After '{point}' an older order was answered.");
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
            var after = await Eventually.GetAsync(AnswersAsync, answers => answers.SequenceEqual(before), TestContext.Current.CancellationToken);
            Assert.Equal(before, after);
            await _host.StopAsync();
        }

        /// <summary>The one order that was not there before, as soon as it has ended as it must.</summary>
        private async Task<string?> EndedOrderAsync(Shop shop)
        {
            var fresh = await Eventually.GetAsync(
                async () => (await shop.GetAsync("/api/v1/orders?limit=100")).GetProperty("items").EnumerateArray()
                    .Where(order => !_known.Contains(order.GetProperty("id").GetString()!)).ToList(),
                orders => orders is [var only] && only.GetProperty("status").GetString() == way.OrderStatus,
                TestContext.Current.CancellationToken);
            return fresh[0].GetProperty("id").GetString();
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

        private static async Task<List<string>> TimelineAsync(Shop shop, string id) =>
            [.. (await shop.GetAsync($"/api/v1/orders/{id}/timeline")).GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()!)];

        /// <summary>How often each event of the order itself happened; what the saga notes of its attempts may differ.</summary>
        private static async Task<Dictionary<string, int>> BusinessEventsAsync(Shop shop, string id) =>
            (await TimelineAsync(shop, id))
                .Where(type => s_businessPrefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)))
                .GroupBy(type => type)
                .ToDictionary(group => group.Key, group => group.Count());

        /// <summary>Everything the read models answer, for a comparison with a fresh rebuild.</summary>
        private async Task<List<string>> AnswersAsync()
        {
            using var shop = new Shop(_host!);
            var answers = new List<string>();
            foreach (var path in new[] { "/api/v1/orders?limit=100", "/api/v1/products?limit=100", "/api/v1/users?limit=100", "/api/v1/admin/sagas?limit=100" })
                answers.Add((await shop.GetAsync(path)).GetRawText());
            foreach (var metric in new[] { "orders", "revenue", "units", "registrations" })
                answers.Add((await shop.GetAsync($"/api/v1/admin/analytics?metric={metric}&size=day")).GetProperty("buckets").GetRawText());
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
            shipTo = new { name = "Mira Berg", street = "Lindenweg 1", city = "Berlin", postalCode = "10115", country = way.Country },
        };

        private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
    }
}

/// <summary>An order that is paid for, shipped and completed.</summary>
public sealed class SuccessfulOrderKillTests() : KillTests(Way.Successful);

/// <summary>An order whose payment is declined.</summary>
public sealed class DeclinedOrderKillTests() : KillTests(Way.Declined);

/// <summary>An order that is paid for and then can't be shipped.</summary>
public sealed class CompensatedOrderKillTests() : KillTests(Way.Compensated);
