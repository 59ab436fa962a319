using System.Net;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Composition;

/// <summary>From the log over the relay and the streams to the buckets that operators read.</summary>
public sealed class AnalyticsTests
{
    [Fact]
    public async Task Analytics_AfterOrdersAndARestart_CountEachEventOnce()
    {
        using var temp = new TempFolder();
        var folder = temp.Path;
        var first = await TestHost.StartOnAsync(folder, null, "--Crescent:DemoData=false");
        var user = await first.RegisterAsync();
        var product = await first.AddProductAsync(stock: 10, price: 30);
        await first.PlaceAsync(user, Shop.Order(user, product, 2));
        await ExpectAsync(first, orders: 1, revenue: 60, units: 2);
        await first.StopAsync();

        await using var second = await TestHost.StartOnAsync(folder, null, "--Crescent:DemoData=false");
        await second.PlaceAsync(user, Shop.Order(user, product, 3));
        await second.PlaceAsync(user, Shop.Order(user, product, 1, "tok_decline"));

        await ExpectAsync(second, orders: 3, revenue: 150, units: 5);
    }

    static async Task ExpectAsync(TestHost host, decimal orders, decimal revenue, decimal units)
    {
        foreach (var (metric, wanted) in new[] { ("orders", orders), ("revenue", revenue), ("units", units), ("registrations", 1) })
            await Eventually.GetAsync(() => SumAsync(host, metric), sum => sum == wanted, TestContext.Current.CancellationToken);
    }

    static async Task<decimal> SumAsync(TestHost host, string metric)
    {
        var answer = await host.As("somebody", Roles.Operator).Get($"/api/v1/admin/analytics?metric={metric}&size=day&before={DateTime.UtcNow.AddDays(1):O}");
        return answer.Expect(HttpStatusCode.OK)["buckets"]!.AsArray().Sum(bucket => (decimal)bucket!["value"]!);
    }
}
