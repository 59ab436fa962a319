using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.GrainInterfaces.Analytics;
using Crescent.GrainInterfaces.Integration;
using Crescent.Grains.Integration;
using Crescent.Grains.Tests.Testing;
using Crescent.Testing;

namespace Crescent.Grains.Tests.Analytics;

public sealed class AnalyticsGrainTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_RelayedOverStreams_AreCountedOnce()
    {
        await using var silo = await TestSilo.StartAsync(services => services.AddIntegrationRelay());
        await SellAsync(silo, orders: 5);

        await EventuallyCountedAsync(silo, orders: 5);

        AssertCounted(silo, orders: 5);
    }

    [Fact]
    public async Task Events_BeforeTheRelayRan_AreLookedUpInTheLog()
    {
        await using var silo = await TestSilo.StartAsync();
        await SellAsync(silo, orders: 3);

        await silo.RestartAsync(services => services.AddIntegrationRelay());
        await EventuallyCountedAsync(silo, orders: 3);

        AssertCounted(silo, orders: 3);
    }

    [Fact]
    public async Task Events_SiloRestartedInBetween_AreCountedOnce()
    {
        await using var silo = await TestSilo.StartAsync(services => services.AddIntegrationRelay());
        await SellAsync(silo, orders: 2);
        await silo.RestartAsync(services => services.AddIntegrationRelay());
        await SellAsync(silo, orders: 2);

        await EventuallyCountedAsync(silo, orders: 4, users: 2);

        AssertCounted(silo, orders: 4, users: 2);
    }

    [Fact]
    public async Task CatchUp_NothingEverStreamed_CountsTheLog()
    {
        await using var silo = await TestSilo.StartAsync();
        await SellAsync(silo, orders: 4);

        await CatchUpAsync(silo);
        await CatchUpAsync(silo);

        AssertCounted(silo, orders: 4);
    }

    [Fact]
    public async Task Items_RepeatedAndOutOfOrder_AreCountedOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        await SellAsync(silo, orders: 4);
        var placed = (await silo.Log.ReadLogAsync(0, int.MaxValue, Ct)).Where(recorded => recorded.Stream.Category == StreamCategory.Order).ToList();
        var last = placed.GroupBy(recorded => IntegrationStreams.PartitionOf(recorded.Stream.Id)).First().Last();
        var partition = IntegrationStreams.PartitionOf(last.Stream.Id);
        var counter = new Grains.Analytics.PartitionCounter(
            IntegrationStreams.OrderEvents, partition, silo.Analytics, silo.Log, CrescentEvents.Map, catchUpBatch: 3);
        var item = new IntegrationBatch(partition, [IntegrationEvents.From(last, partition, last.Position - 1)], last.Position);

        await counter.ApplyAsync(item);
        await counter.ApplyAsync(item);
        await CatchUpAsync(silo);

        AssertCounted(silo, orders: 4);
    }

    static async Task SellAsync(TestSilo silo, int orders)
    {
        var (user, product) = (await silo.UserAsync(), await silo.ProductAsync(stock: 100));
        for (var i = 0; i < orders; i++)
        {
            var orderId = await silo.OrderAsync(user, product, quantity: 2);
            await silo.EndedAsync(orderId);
        }
    }

    static Task EventuallyCountedAsync(TestSilo silo, int orders, int users = 1) => Eventually.TrueAsync(
        () => Task.FromResult(
            silo.Analytics.Total(Metric.Orders, "") >= orders
            && silo.Analytics.Total(Metric.Revenue, "USD") >= orders * 200
            && silo.Analytics.Total(Metric.Registrations, "") >= users),
        Ct);

    static void AssertCounted(TestSilo silo, int orders, int users = 1)
    {
        Assert.Equal(orders, silo.Analytics.Total(Metric.Orders, ""));
        Assert.Equal(orders * 200, silo.Analytics.Total(Metric.Revenue, "USD"));
        Assert.Equal(users, silo.Analytics.Total(Metric.Registrations, ""));
    }

    static Task<long[]> CatchUpAsync(TestSilo silo) => Task.WhenAll(Enumerable.Range(0, IntegrationStreams.Partitions)
        .Select(partition => silo.Grains.GetGrain<IAnalyticsGrain>(IntegrationStreams.KeyOf(partition)).CatchUp(Ct)));
}
