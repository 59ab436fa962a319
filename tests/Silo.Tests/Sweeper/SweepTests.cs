using Crescent.Domain.EmailClaims;
using Crescent.EventStore;
using Crescent.GrainInterfaces.EmailClaims;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.ReadModels.Tests;
using Crescent.Silo.Sweeper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Crescent.Silo.Tests.Sweeper;

public sealed class SweepTests : IDisposable
{
    private readonly SqliteViewsFixture _fixture = new();
    private readonly IGrainFactory _grains = Substitute.For<IGrainFactory>();
    private readonly SweeperOptions _options = new() { PageSize = 3 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task RunAsync_EverythingDue_CallsEachOwnerOnce()
    {
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        foreach (var order in (string[])["o1", "o2"])
            await _fixture.AppendAsync(StreamCategory.Inventory, "p1", new Domain.Inventory.InventoryEvent.StockReserved("p1", order, 1, Scenario.ExpiresAt));
        await _fixture.AppendAsync(StreamCategory.EmailClaim, "k1", new EmailClaimEvent.Claimed("u1", ViewsFixture.Start));
        await _fixture.CatchUpAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, await NewSweep().RunAsync(TimeSpan.FromSeconds(15), Ct));

        await _grains.GetGrain<IOrderSagaGrain>("o1").Received(1).Resume(Arg.Any<CancellationToken>());
        await _grains.GetGrain<IInventoryGrain>("p1").Received(1).ExpireReservations(Arg.Any<CancellationToken>());
        await _grains.GetGrain<IEmailClaimGrain>("k1").Received(1).Sweep(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task RunAsync_SagaThatMovedRecently_IsPassedOverUnlessEveryOneCounts()
    {
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));
        await _fixture.CatchUpAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, await NewSweep().RunAsync(TimeSpan.FromSeconds(15), Ct));
        Assert.Equal(1, await NewSweep().RunAsync(TimeSpan.Zero, Ct));
    }

    [Fact]
    public async Task RunAsync_OneFails_ComesToAllTheOthersAndAgainNextTime()
    {
        var orders = Enumerable.Range(0, 10).Select(i => $"o{i}").ToList();
        foreach (var order in orders)
            await Scenario.SagaAsync(_fixture, order, Scenario.Started(order, "u1"));
        await _fixture.CatchUpAsync();
        var poisoned = Substitute.For<IOrderSagaGrain>();
        poisoned.Resume(Arg.Any<CancellationToken>()).ThrowsAsync(new InvalidOperationException("poison"));
        _grains.GetGrain<IOrderSagaGrain>("o0").Returns(poisoned);

        Assert.Equal(10, await NewSweep().RunAsync(TimeSpan.Zero, Ct));
        Assert.Equal(10, await NewSweep().RunAsync(TimeSpan.Zero, Ct));

        foreach (var order in orders)
            await _grains.GetGrain<IOrderSagaGrain>(order).Received(2).Resume(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task RunAsync_GrainNeverAnswers_IsGivenUpAfterTheCallTimeout()
    {
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));
        await _fixture.CatchUpAsync();
        var silent = Substitute.For<IOrderSagaGrain>();
        silent.Resume(Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource().Task);
        _grains.GetGrain<IOrderSagaGrain>("o1").Returns(silent);

        var sweeping = NewSweep().RunAsync(TimeSpan.Zero, Ct);
        await _fixture.Time.WhenArmedAsync();
        _fixture.Time.Advance(_options.CallTimeout);

        Assert.Equal(1, await sweeping);
    }

    private Sweep NewSweep() => new(_fixture.Due, _grains, Options.Create(_options), _fixture.Time, NullLogger<Sweep>.Instance);
}
