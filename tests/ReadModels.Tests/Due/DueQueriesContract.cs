using Crescent.Domain;
using Crescent.Domain.EmailClaims;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Crescent.EventStore;
using Crescent.ReadModels.Due;

namespace Crescent.ReadModels.Tests.Due;

public abstract class DueQueriesContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    private static readonly DateTimeOffset s_late = ViewsFixture.Start.AddDays(1);


    [Fact]
    public async Task ReadAsync_SagaThatGoesOn_IsDueSinceItsLastEventOrWhenItRetries()
    {
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"));
        await _fixture.CatchUpAsync();
        Assert.Equal(_fixture.Time.GetUtcNow(), Assert.Single(await ReadAsync(DueKind.Saga)).DueAt);

        var retryAt = ViewsFixture.Start.AddMinutes(7);
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Step("o1", SagaStep.ProcessPayment),
            new SagaEvent.StepFailed("o1", SagaStep.ProcessPayment, 1, StepFailureKind.Unknown, OrderFailure.PaymentUnknown, retryAt, ViewsFixture.Start));
        await _fixture.CatchUpAsync();
        Assert.Equal(new DueItem(DueKind.Saga, "o1", "", retryAt), Assert.Single(await ReadAsync(DueKind.Saga)));
        Assert.Empty(await _fixture.Due.ReadAsync(DueKind.Saga, retryAt.AddSeconds(-1), null, 10, Ct));
    }

    [Fact]
    public async Task ReadAsync_SagaThatEndedOrIsStuck_IsNotDue()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await Scenario.DeclinedAsync(_fixture, "o2", "u1");
        await Scenario.SagaAsync(_fixture, "o3", Scenario.Started("o3", "u1"),
            new SagaEvent.Stuck("o3", SagaStep.ProcessPayment, OrderFailure.PaymentUnknown, 7, ViewsFixture.Start));
        await _fixture.CatchUpAsync();
        Assert.Empty(await ReadAsync(DueKind.Saga));

        await Scenario.SagaAsync(_fixture, "o3", new SagaEvent.Resumed("o3", "op", ViewsFixture.Start));
        await _fixture.CatchUpAsync();
        Assert.Equal("o3", Assert.Single(await ReadAsync(DueKind.Saga)).Owner);
    }

    [Fact]
    public async Task ReadAsync_Reservations_AreDueWhenTheyExpireUnlessSettled()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await _fixture.AppendAsync(StreamCategory.Inventory, "p1", [.. Enumerable.Range(1, 4).Select(i => (IDomainEvent)
            new InventoryEvent.StockReserved("p1", $"o{i}", 1, Scenario.ExpiresAt.AddMinutes(-i)))]);
        await _fixture.AppendAsync(StreamCategory.Inventory, "p1",
            new InventoryEvent.StockCommitted("p1", "o1", 1),
            new InventoryEvent.StockReleased("p1", "o2", 1, ReleasedFrom.Reservation, Scenario.ExpiresAt),
            new InventoryEvent.ReservationExpired("p1", "o3", 1));
        await _fixture.CatchUpAsync();

        Assert.Equal([new DueItem(DueKind.Reservation, "p1", "o4", Scenario.ExpiresAt.AddMinutes(-4))], await ReadAsync(DueKind.Reservation));
    }

    [Fact]
    public async Task ReadAsync_EmailClaims_AreDueWhilePending()
    {
        foreach (var key in (string[])["k1", "k2", "k3"])
            await _fixture.AppendAsync(StreamCategory.EmailClaim, key, new EmailClaimEvent.Claimed("u1", ViewsFixture.Start.AddMinutes(1)));
        await _fixture.AppendAsync(StreamCategory.EmailClaim, "k1", new EmailClaimEvent.Confirmed("u1"));
        await _fixture.AppendAsync(StreamCategory.EmailClaim, "k2", new EmailClaimEvent.Released("u1"));
        await _fixture.CatchUpAsync();

        Assert.Equal([new DueItem(DueKind.EmailClaim, "k3", "", ViewsFixture.Start.AddMinutes(1))], await ReadAsync(DueKind.EmailClaim));
    }

    [Fact]
    public async Task ReadAsync_PageByPage_ComesToEverythingOnce()
    {
        for (var i = 0; i < 10; i++)
            await _fixture.AppendAsync(StreamCategory.EmailClaim, $"k{i}", new EmailClaimEvent.Claimed("u1", ViewsFixture.Start.AddMinutes(i / 3)));
        await _fixture.CatchUpAsync();

        var seen = new List<DueItem>();
        while (await _fixture.Due.ReadAsync(DueKind.EmailClaim, s_late, seen.LastOrDefault(), 3, Ct) is { Count: > 0 } page)
            seen.AddRange(page);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"k{i}"), seen.Select(item => item.Owner));
    }

    private Task<List<DueItem>> ReadAsync(DueKind kind) => _fixture.Due.ReadAsync(kind, s_late, null, 100, Ct);
}
