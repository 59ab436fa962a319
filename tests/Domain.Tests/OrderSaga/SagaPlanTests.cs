using Crescent.Domain.OrderSaga;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.OrderSaga;

public sealed class SagaPlanTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_EverythingWorks_TakesTheStepsInOrder()
    {
        var run = new SagaRun(Start).Go(_ => Ending.Success);
        Assert.Equal(
            ["ValidateOrder done", "ReserveInventory done", "ProcessPayment done", "CreateShipment done", "SendNotification done", "Completed"],
            run.Names.Where(name => name is not ("Started" or "StepStarted")));
        Assert.Equal(SagaStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Next_PaymentDeclined_UndoesInReverseAndEndsWithTheReason()
    {
        var run = new SagaRun(Start).Go(action => action is SagaAction.RunStep { Step: SagaStep.ProcessPayment } ? Ending.Definite : Ending.Success);
        Assert.Equal(
            ["StepFailed", "Compensating", "ProcessPayment undone", "ReserveInventory undone", "Compensated"],
            run.Names.Skip(run.Names.ToList().IndexOf("StepFailed")));
        Assert.Equal(Domain.Orders.OrderFailure.PaymentDeclined, run.State.Failure);
    }

    [Fact]
    public void Next_NothingToUndo_EndsAtOnce()
    {
        var run = new SagaRun(Start).Go(_ => Ending.Definite);
        Assert.Equal(["Started", "StepStarted", "StepFailed", "Compensating", "Compensated"], run.Names);
    }

    [Fact]
    public void Next_AfterACrash_RepeatsTheOpenAttempt()
    {
        var run = new SagaRun(Start);
        var first = run.Next;
        run.Take(first, _ => Ending.Crash);
        Assert.Equal(first, run.Next);
        Assert.Empty(SagaDecider.StartStep(run.State, new StartStep(SagaStep.ValidateOrder, 1, Start)).Events);
    }

    [Theory]
    [InlineData(Ending.Transient, SagaStatus.Compensated)]
    [InlineData(Ending.Unknown, SagaStatus.Stuck)]
    public void Next_FailureThatStays_IsRetriedForTheBudgetOnly(object ending, SagaStatus end)
    {
        var run = new SagaRun(Start).Go(action => action is SagaAction.RunStep { Step: SagaStep.ProcessPayment } ? (Ending)ending : Ending.Success);
        Assert.Equal(end, run.State.Status);
        Assert.InRange(run.Now - Start, SagaRetryPolicy.Default.Budget - SagaRetryPolicy.Default.MaxDelay, SagaRetryPolicy.Default.Budget);
        Assert.InRange(run.Events.OfType<SagaEvent.StepFailed>().Count(), 10, 40);
    }

    [Fact]
    public void Next_TransientFailureThatPasses_GoesOn()
    {
        var run = new SagaRun(Start).Go(action => action is SagaAction.RunStep { Attempt: < 3 } ? Ending.Transient : Ending.Success);
        Assert.Equal(SagaStatus.Completed, run.State.Status);
        Assert.Equal(10, run.Events.OfType<SagaEvent.StepFailed>().Count());
    }

    [Theory]
    [InlineData(Ending.Definite)]
    [InlineData(Ending.Transient)]
    [InlineData(Ending.Unknown)]
    public void Next_MailThatCantBeSent_CompletesAllTheSame(object ending)
    {
        var run = new SagaRun(Start).Go(action => action is SagaAction.RunStep { Step: SagaStep.SendNotification } ? (Ending)ending : Ending.Success);
        Assert.Equal(SagaStatus.Completed, run.State.Status);
        Assert.DoesNotContain("SendNotification done", run.Names);
    }

    [Fact]
    public void Next_CompensationFails_OthersGoOnAndThenItIsStuckUntilRetried()
    {
        var refundWorks = false;
        Ending EndingOf(SagaAction action) => action switch
        {
            SagaAction.RunStep { Step: SagaStep.CreateShipment } => Ending.Definite,
            SagaAction.Compensate { Step: SagaStep.ProcessPayment } when !refundWorks => Ending.Transient,
            _ => Ending.Success,
        };
        var run = new SagaRun(Start).Go(EndingOf);
        var names = run.Names.ToList();
        Assert.Equal(SagaStatus.Stuck, run.State.Status);
        Assert.Equal("CompensationFailed", names[names.IndexOf("CreateShipment undone") + 1]);
        Assert.Equal("ReserveInventory undone", names[names.IndexOf("CreateShipment undone") + 2]);
        var failures = run.Events.OfType<SagaEvent.CompensationFailed>().Count();
        Assert.Equal((SagaStep.ProcessPayment, failures), (run.State.Stuck!.Step, run.State.Stuck.Tries));

        refundWorks = true;
        run.Record(SagaDecider.Retry(run.State, new RetrySaga("op", run.Now)));
        Assert.Equal(new SagaAction.Compensate(SagaStep.ProcessPayment, failures + 1), run.Next);
        Assert.Equal(SagaStatus.Compensated, run.Go(EndingOf).State.Status);
    }

    [Fact]
    public void Next_OneCompensationGivenUpWhileAnotherIsDue_UndoesThatFirst()
    {
        var run = new SagaRun(Start);
        run.Go(action => action switch
        {
            SagaAction.RunStep { Step: SagaStep.ProcessPayment } => Ending.Definite,
            SagaAction.Compensate { Step: SagaStep.ReserveInventory } when run.Events[^1] is SagaEvent.CompensationFailed { RetryAt: null } =>
                Ending.Success,
            SagaAction.Compensate => Ending.Transient,
            _ => Ending.Success,
        });
        Assert.Equal(["CompensationFailed", "ReserveInventory undone", "Stuck"], run.Names.TakeLast(3));
    }

    [Fact]
    public void Next_StuckForwardAndResumed_GetsANewBudget()
    {
        var answers = false;
        Ending EndingOf(SagaAction action) =>
            !answers && action is SagaAction.RunStep { Step: SagaStep.ProcessPayment } ? Ending.Unknown : Ending.Success;
        var run = new SagaRun(Start).Go(EndingOf);
        run.Record(SagaDecider.Retry(run.State, new RetrySaga("op", run.Now)));
        run.Take(run.Next, EndingOf);
        Assert.IsType<SagaAction.Wait>(run.Next);
        answers = true;
        Assert.Equal(SagaStatus.Completed, run.Go(EndingOf).State.Status);
    }

    [Theory]
    [InlineData(SagaStep.ValidateOrder)]
    [InlineData(SagaStep.ReserveInventory)]
    [InlineData(SagaStep.ProcessPayment)]
    [InlineData(SagaStep.CreateShipment)]
    public void Next_CancelledDuringAStep_UndoesItToo(SagaStep step)
    {
        var run = new SagaRun(Start).Go(action => action is SagaAction.RunStep it && it.Step == step ? Ending.Cancel : Ending.Success);
        Assert.Equal((SagaStatus.Compensated, Domain.Orders.OrderFailure.Cancelled), (run.State.Status, run.State.Failure));
        Assert.Equal(
            Enum.GetValues<SagaStep>().Where(it => it <= step && it is not SagaStep.ValidateOrder).Reverse(),
            run.Events.OfType<SagaEvent.StepCompensated>().Select(e => e.Step));
    }

    /// <summary>Whatever the participants do, the plan brings every saga to an end or to an operator, and undoes all it began.</summary>
    [Fact]
    public void Next_AnyEndings_ComesToAnEndAndLeavesNothingHalfDone() => Prop.ForAll(
        Gen.Frequency(
            (10, Gen.Constant(Ending.Success)),
            (1, Gen.Constant(Ending.Definite)),
            (3, Gen.Constant(Ending.Transient)),
            (2, Gen.Constant(Ending.Unknown)),
            (3, Gen.Constant(Ending.Crash)),
            (1, Gen.Constant(Ending.Cancel))).ListOf(200).ToArbitrary(),
        endings =>
        {
            var next = 0;
            var run = new SagaRun(Start).Go(_ => next < endings.Count ? endings[next++] : Ending.Success);
            Assert.True(run.State.HasEnded || run.State.Stuck is not null);
            if (run.State.Status is not SagaStatus.Compensated) return;
            Assert.Equal(
                run.Events.OfType<SagaEvent.StepStarted>().Select(e => e.Step).Distinct().Where(step => step is not SagaStep.ValidateOrder).Order(),
                run.Events.OfType<SagaEvent.StepCompensated>().Select(e => e.Step).Order());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    [Fact]
    public void CommandId_StepAndCompensation_AreStableAndDistinct()
    {
        var ids = Enum.GetValues<SagaStep>().SelectMany(step => new[]
        {
            SagaPlan.CommandId("o1", step, "p1"), SagaPlan.CommandId("o1", step, "p2"), SagaPlan.CommandId("o2", step, "p1"),
            SagaPlan.CompensationId("o1", step, "p1"),
        }).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(SagaPlan.CommandId("o1", SagaStep.ProcessPayment, "p1"), SagaPlan.CommandId("o1", SagaStep.ProcessPayment, "p1"));
    }

    [Fact]
    public void Delay_AnyAttemptAndJitter_IsBetweenFirstAndMax() => Prop.ForAll(
        Gen.Choose(0, 10_000).SelectMany(attempt => Gen.Choose(-10, 110).Select(percent => (attempt, percent / 100.0))).ToArbitrary(),
        it => Assert.InRange(
            SagaRetryPolicy.Default.Delay(it.attempt, it.Item2), SagaRetryPolicy.Default.FirstDelay, SagaRetryPolicy.Default.MaxDelay))
        .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
}
