using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;

namespace Crescent.Domain.Tests.OrderSaga;

public sealed class SagaDeciderTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly Saga Started = new SagaRun(Now).State;
    static readonly Saga Compensated = RunUntil(SagaStep.ProcessPayment, Ending.Definite);
    static readonly Saga Completed = new SagaRun(Now).Go(_ => Ending.Success).State;
    static readonly Saga Stuck = RunUntil(SagaStep.ProcessPayment, Ending.Unknown);
    static readonly Saga Abandoned = Stuck.Evolve(new SagaEvent.Abandoned("o1", "op", "by hand", Now));
    static readonly Saga Compensating = Stuck.Evolve(new SagaEvent.Compensating("o1", OrderFailure.Cancelled, Now));

    [Fact]
    public void Start_Again_IsAlreadySoOnlyForTheSameOrder()
    {
        var start = new StartSaga("o1", "u1", [], new Money(200, "USD"), SagaRun.ReserveHold, Now.AddHours(1));
        Assert.True(SagaDecider.Start(Completed, start) is { IsAccepted: true, Events.Count: 0 });
        Assert.Equal(StartSagaRejection.OtherOrder, SagaDecider.Start(Started, start with { Total = new Money(201, "USD") }).Rejection);
        Assert.Equal(Now + SagaRun.ReserveHold, Started.ReservationExpiresAt);
    }

    [Fact]
    public void StartAndCompleteStep_Accepted_StartTheNextStepWithIt()
    {
        Assert.Equal((SagaStep.ValidateOrder, 1, true), (Started.Step!.Value, Started.Attempt, Started.IsAttemptOpen));
        var completed = SagaDecider.CompleteStep(Started, new CompleteStep(SagaStep.ValidateOrder, Now)).Events;
        Assert.Equal(new SagaEvent.StepStarted("o1", SagaStep.ReserveInventory, 1, Now), completed[^1]);
        Assert.Equal(2, completed.Count);
    }

    [Fact]
    public void StepOutcomes_LateOrRepeatedAfterCompensation_AreRefusedByName()
    {
        foreach (var (saga, reason) in new[]
        {
            (Saga.Initial, StepRejection.NotStarted),
            (Compensating, StepRejection.Compensating),
            (Compensated, StepRejection.Compensated),
            (Stuck, StepRejection.Stuck),
            (Abandoned, StepRejection.Abandoned),
        })
        {
            foreach (var step in Enum.GetValues<SagaStep>())
            {
                Assert.Equal(reason, SagaDecider.StartStep(saga, new StartStep(step, 1, Now)).Rejection);
                Assert.Equal(reason, SagaDecider.CompleteStep(saga, new CompleteStep(step, Now)).Rejection);
                Assert.Equal(reason, Fail(saga, step, 1).Rejection);
            }
        }

        Assert.Equal(StepRejection.Completed, Fail(Completed, SagaStep.SendNotification, 1).Rejection);
        Assert.Empty(SagaDecider.CompleteStep(Completed, new CompleteStep(SagaStep.SendNotification, Now)).Events);
    }

    [Fact]
    public void StartStep_NotTheNext_IsRejectedByName()
    {
        Assert.Equal(StepRejection.OutOfOrder, SagaDecider.StartStep(Started, new StartStep(SagaStep.ReserveInventory, 1, Now)).Rejection);
        Assert.Equal(StepRejection.OutOfOrder, SagaDecider.StartStep(Started, new StartStep(SagaStep.ValidateOrder, 2, Now)).Rejection);
        var waiting = Started.Evolve(new SagaEvent.StepFailed(
            "o1", SagaStep.ValidateOrder, 1, StepFailureKind.Transient, OrderFailure.Unavailable, Now.AddSeconds(1), Now));
        Assert.Equal(StepRejection.NotDue, SagaDecider.StartStep(waiting, new StartStep(SagaStep.ValidateOrder, 2, Now)).Rejection);
        Assert.Single(SagaDecider.StartStep(waiting, new StartStep(SagaStep.ValidateOrder, 2, Now.AddSeconds(1))).Events);
    }

    [Fact]
    public void CompleteAndFailStep_NotBegunOrStale_AreRejectedOrAlreadySo()
    {
        var notBegun = Saga.Initial.Evolve(new SagaEvent.Started("o1", "u1", [], new Money(200, "USD"), Now + SagaRun.ReserveHold, Now));
        Assert.Equal(StepRejection.OutOfOrder, SagaDecider.CompleteStep(notBegun, new CompleteStep(SagaStep.ValidateOrder, Now)).Rejection);
        Assert.Equal(StepRejection.OutOfOrder, SagaDecider.CompleteStep(Started, new CompleteStep(SagaStep.ReserveInventory, Now)).Rejection);
        Assert.Equal(StepRejection.OutOfOrder, Fail(Started, SagaStep.ValidateOrder, 2).Rejection);
        var failed = Fail(Started, SagaStep.ValidateOrder, 1).Events.Aggregate(Started, (state, e) => state.Evolve(e));
        Assert.True(Fail(failed, SagaStep.ValidateOrder, 1) is { IsAccepted: true, Events.Count: 0 });
    }

    [Fact]
    public void Cancel_ByWhereTheSagaIs_IsAcceptedOrRejectedByName()
    {
        Decision<SagaEvent, CancelSagaRejection> Cancel(Saga saga) => SagaDecider.Cancel(saga, new CancelSaga(Now));
        Assert.IsType<SagaEvent.Compensating>(Assert.Single(Cancel(Started).Events));
        Assert.IsType<SagaEvent.Compensating>(Assert.Single(Cancel(Stuck).Events));
        Assert.True(Cancel(Compensating) is { IsAccepted: true, Events.Count: 0 });
        Assert.Equal(CancelSagaRejection.NotStarted, Cancel(Saga.Initial).Rejection);
        Assert.Equal(CancelSagaRejection.AlreadyShipped, Cancel(Completed).Rejection);
        Assert.Equal(CancelSagaRejection.AlreadyShipped, Cancel(RunUntil(SagaStep.SendNotification, Ending.Crash)).Rejection);
        Assert.Equal(CancelSagaRejection.Abandoned, Cancel(Abandoned).Rejection);
    }

    [Fact]
    public void CompensationOutcomes_NotExpected_AreRejectedByName()
    {
        CompensationRejection? Complete(Saga saga, SagaStep step) =>
            SagaDecider.CompleteCompensation(saga, new CompleteCompensation(step, Now)).Rejection;
        Assert.Equal(CompensationRejection.NotCompensating, Complete(Started, SagaStep.ReserveInventory));
        Assert.Equal(CompensationRejection.Stuck, Complete(Stuck, SagaStep.ReserveInventory));
        Assert.Equal(CompensationRejection.Abandoned, Complete(Abandoned, SagaStep.ReserveInventory));
        Assert.Equal(CompensationRejection.OutOfOrder, Complete(Compensating, SagaStep.CreateShipment));
        Assert.Equal(CompensationRejection.OutOfOrder, SagaDecider.FailCompensation(Compensating, new FailCompensation(
            SagaStep.ProcessPayment, 2, OrderFailure.Unavailable, SagaRetryPolicy.Default, 0, Now)).Rejection);
        Assert.Null(Complete(Compensated, SagaStep.ReserveInventory));
    }

    [Fact]
    public void Finish_TooEarly_IsRejectedByName()
    {
        FinishSagaRejection? Finish(Saga saga) => SagaDecider.Finish(saga, new FinishSaga(Now)).Rejection;
        Assert.Equal(FinishSagaRejection.NotFinished, Finish(Started));
        Assert.Equal(FinishSagaRejection.NotFinished, Finish(Compensating));
        Assert.Equal(FinishSagaRejection.Stuck, Finish(Stuck));
        Assert.Equal(FinishSagaRejection.Abandoned, Finish(Abandoned));
        Assert.Null(Finish(Compensated));
    }

    [Fact]
    public void RetryAndAbandon_NotStuck_AreRejectedByName()
    {
        RetrySagaRejection? Retry(Saga saga) => SagaDecider.Retry(saga, new RetrySaga("op", Now)).Rejection;
        Assert.Equal(RetrySagaRejection.NotStarted, Retry(Saga.Initial));
        Assert.Equal(RetrySagaRejection.NotStuck, Retry(Started));
        Assert.Equal(RetrySagaRejection.AlreadyEnded, Retry(Compensated));

        AbandonSagaRejection? Abandon(Saga saga, string reason) => SagaDecider.Abandon(saga, new AbandonSaga("op", reason, Now)).Rejection;
        Assert.Equal(AbandonSagaRejection.NotStarted, Abandon(Saga.Initial, "by hand"));
        Assert.Equal(AbandonSagaRejection.NotStuck, Abandon(Compensating, "by hand"));
        Assert.Equal(AbandonSagaRejection.AlreadyEnded, Abandon(Completed, "by hand"));
        Assert.Equal(AbandonSagaRejection.InvalidReason, Abandon(Stuck, " "));
        Assert.Null(Abandon(Abandoned, "by hand"));
    }

    static Decision<SagaEvent, StepRejection> Fail(Saga saga, SagaStep step, int attempt) => SagaDecider.FailStep(
        saga, new FailStep(step, attempt, StepFailureKind.Transient, OrderFailure.Unavailable, SagaRetryPolicy.Default, 0, Now));

    /// <summary>The saga when this step has ended like this; a crash leaves it open.</summary>
    static Saga RunUntil(SagaStep step, Ending ending)
    {
        var run = new SagaRun(Now);
        while (run.Next is SagaAction.RunStep next && next.Step < step) run.Take(next, _ => Ending.Success);
        if (ending is not Ending.Crash) return run.Go(_ => run.State.Failure is null ? ending : Ending.Success).State;
        run.Take(run.Next, _ => Ending.Crash);
        return run.State;
    }
}
