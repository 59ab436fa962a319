using Crescent.EventStore.Leases;
using Crescent.GrainInterfaces.OrderSaga;
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

public sealed class HostedConsumersTests : IDisposable
{
    private readonly SqliteViewsFixture _fixture = new();
    private readonly TempFolder _folder = new();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AddLogConsumers_HostStarted_ProjectsFollowsUpSweepsAndStopsGracefully()
    {
        // What an earlier process left: a saga in the middle, with nobody running it.
        await Scenario.SagaAsync(_fixture, "left", Scenario.Started("left", "u1"));
        using var host = NewHost();
        await host.StartAsync(Ct);

        var position = await AppendOrderAsync();

        Assert.True(await host.Services.GetRequiredService<ProjectionProgress>()
            .WaitForAsync(ProjectionNames.Orders, position, TimeSpan.FromSeconds(30), Ct));
        Assert.Equal("placed", (await host.Services.GetRequiredService<OrderQueries>().FindAsync("o1", Ct))!.Status);
        await CalledAsync(() => _grains.GetGrain<IOrderSagaGrain>("o1").Received().Start(Arg.Any<CancellationToken>()));
        await CalledAsync(() => _grains.GetGrain<IOrderSagaGrain>("left").Received().Resume(Arg.Any<CancellationToken>()));
        Assert.Equal(
            ["due", "orders", "products", "saga-starter", "sagas", "user-follow-ups", "users"],
            host.Services.GetRequiredService<LogConsumers>().Statuses.Select(status => status.Name));

        await host.StopAsync(Ct);
        Assert.Empty(host.Services.GetRequiredService<LogConsumers>().Statuses);
    }

    [Fact]
    public async Task AddLogConsumers_WrongSetting_StopsTheStartWithASentence()
    {
        using var host = NewHost(("Crescent:Sweeper:PageSize", "0"), ("Crescent:Consumers:BatchSize", "0"));

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Ct));

        Assert.Contains("Crescent:Sweeper:PageSize must be from 1 to 10000.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("BatchSize must be from 1 to 10000, but is 0.", error.ToString(), StringComparison.Ordinal);
    }

    private async Task<long> AppendOrderAsync()
    {
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada");
        return await _fixture.Store.ReadHeadAsync(Ct);
    }

    private static Task CalledAsync(Func<Task> received) => Eventually.TrueAsync(async () =>
    {
        try
        {
            await received();
            return true;
        }
        catch (NSubstitute.Exceptions.ReceivedCallsException)
        {
            return false;
        }
    }, Ct);

    private IHost NewHost(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddSingleton<EventStore.IEventStore>(_fixture.Store);
        builder.Services.AddSingleton<EventStore.IEventReader>(_fixture.Store);
        builder.Services.AddSingleton(new EventStore.LogTail(_fixture.Store));
        builder.Services.AddSingleton(_fixture.Store.Signal);
        builder.Services.AddSingleton(_fixture.Store.PersonalKeys);
        builder.Services.AddSingleton<ILeaseStore>(new InProcessLeaseStore(TimeProvider.System));
        builder.Services.AddSingleton(_grains);
        builder.Services.AddSingleton<FollowUps>();
        builder.Services.AddSqliteReadModels(
            _ => new EventStore.Sqlite.SqliteDatabaseOptions { Path = _folder.File("views.db") }, _ => new byte[32]);
        builder.Services.AddLogConsumers();
        return builder.Build();
    }
}
