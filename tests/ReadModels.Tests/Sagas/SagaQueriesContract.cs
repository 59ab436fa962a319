using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;

namespace Crescent.ReadModels.Tests.Sagas;

public abstract class SagaQueriesContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    private readonly DateTimeOffset _at = ViewsFixture.Start.AddMinutes(2);

    [Fact]
    public async Task FindAsync_FailedStep_ShowsReasonTriesAndWhenItGoesOn()
    {
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"), Scenario.Step("o1", SagaStep.ProcessPayment, 3),
            new SagaEvent.StepFailed("o1", SagaStep.ProcessPayment, 3, StepFailureKind.Transient, OrderFailure.PaymentUnavailable, _at.AddSeconds(5), _at));
        await _fixture.CatchUpAsync();

        var saga = await _fixture.Sagas.FindAsync("o1", Ct);

        Assert.NotNull(saga);
        Assert.Equal(("running", "process_payment", 3, null, "payment_unavailable", 3), (saga.Status, saga.Step, saga.Tries, saga.Failure, saga.Reason, saga.Version));
        Assert.Equal((_at.AddSeconds(5), _at), (saga.RetryAt, saga.UpdatedAt));
    }

    [Fact]
    public async Task FindAsync_StuckThenResumedThenStuckThenAbandoned_FollowsIt()
    {
        var stuck = new SagaEvent.Stuck("o1", SagaStep.ProcessPayment, OrderFailure.PaymentUnknown, 7, _at);
        await Scenario.SagaAsync(_fixture, "o1", Scenario.Started("o1", "u1"), Scenario.Step("o1", SagaStep.ProcessPayment), stuck);
        await AssertSagaAsync("stuck", "process_payment", 7, "payment_unknown");

        await Scenario.SagaAsync(_fixture, "o1", new SagaEvent.Resumed("o1", "op", _at.AddHours(1)));
        await AssertSagaAsync("running", "process_payment", 0, "payment_unknown");

        await Scenario.SagaAsync(_fixture, "o1", new SagaEvent.Compensating("o1", OrderFailure.Cancelled, _at), stuck, new SagaEvent.Resumed("o1", "op", _at));
        await AssertSagaAsync("compensating", "process_payment", 0, "payment_unknown");

        await Scenario.SagaAsync(_fixture, "o1", stuck, new SagaEvent.Abandoned("o1", "op", "refunded by hand", _at));
        await AssertSagaAsync("abandoned", null, 7, "refunded by hand");
    }

    [Fact]
    public async Task ListAsync_ByStatus_AndCountAsync_Agree()
    {
        await Scenario.CompletedAsync(_fixture, "o1", "u1");
        await Scenario.DeclinedAsync(_fixture, "o2", "u1");
        await Scenario.CompletedAsync(_fixture, "o3", "u1");
        await _fixture.CatchUpAsync();

        Assert.Equal(["o3", "o1"], (await _fixture.Sagas.ListAsync("completed", new PageRequest(10), Ct)).Items.Select(saga => saga.OrderId));
        Assert.Equal(["o3", "o2", "o1"], (await _fixture.Sagas.ListAsync(null, new PageRequest(10), Ct)).Items.Select(saga => saga.OrderId));
        var counts = await _fixture.Sagas.CountAsync(Ct);
        Assert.Equal([("compensated", 1), ("completed", 2)], counts.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal("payment_declined", (await _fixture.Sagas.FindAsync("o2", Ct))!.Failure);
    }

    private async Task AssertSagaAsync(string status, string? step, int tries, string reason)
    {
        await _fixture.CatchUpAsync();
        var saga = await _fixture.Sagas.FindAsync("o1", Ct);
        Assert.Equal((status, step, tries, reason), (saga!.Status, saga.Step, saga.Tries, saga.Reason));
    }
}
