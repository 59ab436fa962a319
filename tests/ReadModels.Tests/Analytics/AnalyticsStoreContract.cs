using Crescent.Domain.Analytics;
using Crescent.ReadModels.Analytics;

namespace Crescent.ReadModels.Tests.Analytics;

public abstract class AnalyticsStoreContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    private static readonly DateTimeOffset s_hour = ViewsFixture.Start;


    private AnalyticsStore Store => _fixture.Analytics;

    [Fact]
    public async Task ApplyAsync_SameBatchAgain_CountsOnceAlsoAfterARestart()
    {
        Assert.True(await Store.ApplyAsync("c", 0, 5, [Revenue("USD", 0.1m), Revenue("USD", 0.2m)], Ct));
        Assert.False(await Store.ApplyAsync("c", 0, 5, [Revenue("USD", 0.1m)], Ct));
        _fixture.Restart();
        Assert.False(await Store.ApplyAsync("c", 0, 5, [Revenue("USD", 0.1m)], Ct));
        Assert.Equal(5, await Store.ReadCheckpointAsync("c", Ct));
        Assert.True(await Store.ApplyAsync("c", 5, 9, [Revenue("USD", -0.3m), Revenue("EUR", 2)], Ct));

        var buckets = await Store.QueryAsync(Metric.Revenue, BucketSize.Hour, s_hour, s_hour.AddHours(1), Ct);

        Assert.Equal([("EUR", 2m), ("USD", 0.0m)], buckets.Select(bucket => (bucket.Key.Dimension, bucket.Value)));
    }

    [Fact]
    public async Task ApplyAsync_ManyConsumersInParallel_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Store.ApplyAsync($"c{i}", 0, 1, [Revenue("USD", 1)], Ct)));

        Assert.Equal(50, Assert.Single(await Store.QueryAsync(Metric.Revenue, BucketSize.Hour, s_hour, s_hour.AddHours(1), Ct)).Value);
    }

    [Fact]
    public async Task ApplyAsync_OneConsumerTwiceAtOnce_CountsEachBatchOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (long from; (from = await Store.ReadCheckpointAsync("c", Ct)) < 50;)
                await Store.ApplyAsync("c", from, from + 1, [Revenue("USD", 1)], Ct);
        }));

        Assert.Equal(50, Assert.Single(await Store.QueryAsync(Metric.Revenue, BucketSize.Hour, s_hour, s_hour.AddHours(1), Ct)).Value);
    }

    [Fact]
    public async Task ApplyAsync_ManyConsumersCountTheSameBucketsInAnyOrder_NobodyFails()
    {
        string[] currencies = ["EUR", "GBP", "JPY", "KRW", "USD"];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async consumer =>
        {
            for (var i = 0; i < 20; i++)
            {
                var ordered = consumer % 2 == 0 ? currencies : currencies.Reverse();
                Assert.True(await Store.ApplyAsync($"c{consumer}", i, i + 1, [.. ordered.Select(currency => Revenue(currency, 1))], Ct));
            }
        }));

        var buckets = await Store.QueryAsync(Metric.Revenue, BucketSize.Hour, s_hour, s_hour.AddHours(1), Ct);
        Assert.Equal(currencies.Select(currency => (currency, 160m)), buckets.Select(bucket => (bucket.Key.Dimension, bucket.Value)));
    }

    [Fact]
    public async Task QueryAsync_TimeRange_IncludesItsBeginAndNotItsEnd()
    {
        for (var i = 0; i < 5; i++)
            await Store.ApplyAsync("c", i, i + 1, [new(new BucketKey(Metric.Orders, "", BucketSize.Day, s_hour.AddDays(i)), 1)], Ct);

        var buckets = await Store.QueryAsync(Metric.Orders, BucketSize.Day, s_hour.AddDays(1), s_hour.AddDays(3), Ct);

        Assert.Equal([s_hour.AddDays(1), s_hour.AddDays(2)], buckets.Select(bucket => bucket.Key.Start));
        Assert.Empty(await Store.QueryAsync(Metric.Orders, BucketSize.Hour, s_hour, s_hour.AddDays(9), Ct));
    }

    private static BucketIncrement Revenue(string currency, decimal amount) =>
        new(new BucketKey(Metric.Revenue, currency, BucketSize.Hour, s_hour), amount);
}
