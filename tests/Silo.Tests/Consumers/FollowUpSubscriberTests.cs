using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.Grains;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Tests;
using Crescent.Silo.Consumers;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Tests.Consumers;

public sealed class FollowUpSubscriberTests : IDisposable
{
    private readonly SqliteViewsFixture _fixture = new();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task ApplyAsync_PlacedOrders_StartsTheirSagasAndKeepsItsPlace()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada");
        await Scenario.OrderAsync(_fixture, "o2", "u1", "Ada");

        await ApplyAllAsync(NewSubscriber());

        foreach (var order in (string[])["o1", "o2"])
            await _grains.GetGrain<IOrderSagaGrain>(order).Received(1).Start(Arg.Any<CancellationToken>());
        _fixture.Restart();
        Assert.Equal(4, await NewSubscriber().ReadCheckpointAsync(Ct));
    }

    [Fact]
    public async Task ApplyAsync_OneFails_KeepsTheCheckpointBeforeIt()
    {
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada");
        var failing = Substitute.For<IOrderSagaGrain>();
        failing.Start(Arg.Any<CancellationToken>()).ThrowsAsync(new TimeoutException());
        _grains.GetGrain<IOrderSagaGrain>("o1").Returns(failing);
        var subscriber = NewSubscriber();

        await Assert.ThrowsAsync<TimeoutException>(() => ApplyAllAsync(subscriber));

        Assert.Equal(0, await subscriber.ReadCheckpointAsync(Ct));
    }

    [Fact]
    public async Task ApplyAsync_EventsOfOtherCategories_CallNobody()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada");
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));

        await ApplyAllAsync(NewSubscriber());

        Assert.Empty(_grains.ReceivedCalls());
    }

    private FollowUpSubscriber NewSubscriber() =>
        new(ConsumerServices.SagaStarter, StreamCategory.Order, new FollowUps(_grains), new ConsumerCheckpoints(_fixture.Views), Options.Create(new ConsumerOptions { MaxParallel = 4 }), new Lease(ConsumerServices.SagaStarter, "here", 1));

    private async Task ApplyAllAsync(FollowUpSubscriber subscriber)
    {
        var position = await subscriber.ReadCheckpointAsync(Ct);
        await subscriber.ApplyAsync(await _fixture.Store.ReadLogAsync(position, 100, Ct), Ct);
    }
}
