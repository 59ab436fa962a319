using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.Grains;
using Crescent.ReadModels;
using Crescent.ReadModels.Orders;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Tests;
using Crescent.Silo.Consumers;
using Crescent.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSubstitute;

namespace Crescent.Silo.Tests.Consumers;

/// <summary>Several silos on one database.</summary>
public sealed class LeasedConsumersTests : IDisposable
{
    private static readonly string[] s_all = ["due", "orders", "products", "saga-starter", "sagas", "user-follow-ups", "users"];

    private readonly PostgresViewsFixture _fixture = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task AddLogConsumers_TwoSilos_EachConsumerRunsInOneAndGoesOnInTheOtherWhenThatStops()
    {
        using var first = NewHost();
        using var second = NewHost();
        await Task.WhenAll(first.StartAsync(Ct), second.StartAsync(Ct));
        await Eventually.TrueAsync(() => Task.FromResult(RunningIn(first).Concat(RunningIn(second)).Order().SequenceEqual(s_all)), Ct);

        await first.StopAsync(Ct);

        await Eventually.TrueAsync(() => Task.FromResult(RunningIn(second).SequenceEqual(s_all)), Ct);
        await AssertProjectsAsync(second, "o1");
        await second.StopAsync(Ct);
    }

    [Fact]
    public async Task AddLogConsumers_HolderDiedWithItsLease_TakesOverWhenItRunsOut()
    {
        await using (var dead = NewStore())
            Assert.NotNull(await dead.Leases.TryAcquireAsync("consumer/orders", "dead", TimeSpan.FromSeconds(1), Ct));

        using var host = NewHost();
        await host.StartAsync(Ct);

        await AssertProjectsAsync(host, "o1");
        await host.StopAsync(Ct);
    }

    private static IEnumerable<string> RunningIn(IHost host) => host.Services.GetRequiredService<LogConsumers>().Statuses.Select(status => status.Name);

    /// <summary>What one silo's consumers do is seen by all.</summary>
    private static async Task AssertProjectsAsync(IHost host, string orderId)
    {
        var position = await AppendOrderAsync(host.Services.GetRequiredService<IEventStore>(), orderId);
        Assert.True(await host.Services.GetRequiredService<ProjectionProgress>().WaitForAsync(ProjectionNames.Orders, position, TimeSpan.FromSeconds(30), Ct));
        Assert.NotNull(await host.Services.GetRequiredService<OrderQueries>().FindAsync(orderId, Ct));
    }

    private static async Task<long> AppendOrderAsync(IEventStore store, string orderId)
    {
        var metadata = new EventMetadata(Guid.CreateVersion7(), "correlation", null, null, ViewsFixture.Start);
        var result = await store.AppendAsync(
            new AppendRequest(new StreamName(StreamCategory.Order, orderId), 0, Guid.CreateVersion7(), [new NewEvent(Guid.CreateVersion7(), Scenario.Placed(orderId), metadata)]), Ct);
        return Assert.IsType<AppendResult.Appended>(result).LastPosition;
    }

    private PostgresEventStoreOptions StoreOptions => new() { Database = _fixture.Options.Database, MasterKey = new byte[32] };

    private PostgresEventStore NewStore() => new(
        StoreOptions, CrescentEvents.Map, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<PostgresEventStore>.Instance);

    private IHost NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Crescent:Leases:RetryInterval", "0:0:0.05")]);
        builder.Services.AddPostgresEventStore(CrescentEvents.Map, _ => StoreOptions);
        builder.Services.AddPostgresReadModels(_ => _fixture.Options, _ => new byte[32]);
        builder.Services.AddSingleton(Substitute.For<IGrainFactory>());
        builder.Services.AddSingleton<FollowUps>();
        builder.Services.AddLogConsumers();
        return builder.Build();
    }
}
