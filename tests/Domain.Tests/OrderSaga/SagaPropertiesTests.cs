using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.OrderSaga;

/// <summary>Outcomes in any order, repeated, late and made up, as no sane grain would report them.</summary>
public sealed class SagaPropertiesTests : AggregateProperties<Saga, SagaEvent>
{
    static readonly SagaRetryPolicy Policy = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
    static readonly Gen<int> AnyAttempt = Gen.Frequency((6, Gen.Constant(1)), (3, Gen.Constant(2)), (1, Gen.Choose(0, 4)));

    protected override Saga Initial => Saga.Initial;

    /// <summary>Early steps are likelier: a list of commands gets through them only in their order.</summary>
    static Gen<SagaStep> AnyStep => Gen.Frequency(
        (4, Gen.Constant(SagaStep.ValidateOrder)),
        (4, Gen.Constant(SagaStep.ReserveInventory)),
        (3, Gen.Constant(SagaStep.ProcessPayment)),
        (3, Gen.Constant(SagaStep.CreateShipment)),
        (3, Gen.Constant(SagaStep.SendNotification)));

    protected override Gen<Operation<Saga, SagaEvent>> AnyOperation => Gen.Frequency(
        (30, AnyTime.Select(TakeNext)),
        (3, AnyTime.Select(now => Of(SagaDecider.Start, new StartSaga("o1", "u1", [], new Money(200, "USD"), TimeSpan.FromMinutes(15), now)))),
        (12, from step in AnyStep
            from attempt in AnyAttempt
            from now in AnyTime
            select Of(SagaDecider.StartStep, new StartStep(step, attempt, now))),
        (12, from step in AnyStep
            from now in AnyTime
            select Of(SagaDecider.CompleteStep, new CompleteStep(step, now))),
        (3, from step in AnyStep
            from attempt in AnyAttempt
            from kind in Gen.Elements(Enum.GetValues<StepFailureKind>())
            from now in AnyTime
            select Of(SagaDecider.FailStep, new FailStep(step, attempt, kind, OrderFailure.OutOfStock, Policy, 0.5, now))),
        (1, AnyTime.Select(now => Of(SagaDecider.Cancel, new CancelSaga(now)))),
        (3, from step in AnyStep
            from now in AnyTime
            select Of(SagaDecider.CompleteCompensation, new CompleteCompensation(step, now))),
        (2, from step in AnyStep
            from attempt in AnyAttempt
            from now in AnyTime
            select Of(SagaDecider.FailCompensation, new FailCompensation(step, attempt, OrderFailure.Unavailable, Policy, 0, now))),
        (2, AnyTime.Select(now => Of(SagaDecider.Finish, new FinishSaga(now)))),
        (2, AnyTime.Select(now => Of(SagaDecider.Retry, new RetrySaga("op", now)))),
        (1, AnyTime.Select(now => Of(SagaDecider.Abandon, new AbandonSaga("op", "by hand", now)))));

    protected override Saga Evolve(Saga state, SagaEvent happened) => state.Evolve(happened);

    protected override void AssertInvariants(Journal<Saga, SagaEvent> journal, Operation<Saga, SagaEvent> last, Outcome<SagaEvent> outcome)
    {
        var events = journal.Events;
        var completed = events.OfType<SagaEvent.StepCompleted>().Select(e => e.Step).ToList();
        Assert.Equal(Enum.GetValues<SagaStep>().Take(completed.Count), completed);
        Assert.All(completed, step => Assert.Contains(events, e => e is SagaEvent.StepStarted started && started.Step == step));

        var ends = events.Where(e => e is SagaEvent.Completed or SagaEvent.Compensated or SagaEvent.Abandoned).ToList();
        Assert.True(ends.Count == 0 || (ends.Count == 1 && ReferenceEquals(ends[0], events[^1])));
        Assert.Equal(ends.Count == 1, journal.State.HasEnded);

        var undoing = events.ToList().FindIndex(e => e is SagaEvent.Compensating);
        var undone = events.OfType<SagaEvent.StepCompensated>().Select(e => e.Step).ToList();
        Assert.Equal(undone.Distinct(), undone);
        if (undoing < 0)
        {
            Assert.Empty(undone);
            return;
        }

        Assert.DoesNotContain(SagaStep.CreateShipment, completed);
        Assert.DoesNotContain(
            events.Skip(undoing + 1),
            e => e is SagaEvent.StepStarted or SagaEvent.StepCompleted or SagaEvent.StepFailed or SagaEvent.Compensating);
        var begun = events.OfType<SagaEvent.StepStarted>().Select(e => e.Step).Distinct()
            .Where(step => step is not SagaStep.ValidateOrder).Reverse().ToList();
        Assert.Equal(begun, journal.State.Compensations.Select(it => it.Step));
        if (journal.State.Status is SagaStatus.Compensated) Assert.Equal(begun.Order(), undone.Order());
    }

    protected override bool HasNaturalKey(Operation<Saga, SagaEvent> operation) => operation.Name != nameof(TakeNext);

    /// <summary>What the plan says, whatever that is by then: mere chance would hardly ever get beyond the first steps.</summary>
    static Operation<Saga, SagaEvent> TakeNext(DateTimeOffset now) => new(nameof(TakeNext), Guid.NewGuid(), state => (SagaPlan.Next(state, now) switch
    {
        SagaAction.RunStep run when !state.IsAttemptOpen => Of(SagaDecider.StartStep, new StartStep(run.Step, run.Attempt, now)),
        SagaAction.RunStep run => Of(SagaDecider.CompleteStep, new CompleteStep(run.Step, now)),
        SagaAction.Compensate undo => Of(SagaDecider.CompleteCompensation, new CompleteCompensation(undo.Step, now)),
        _ => Of(SagaDecider.Finish, new FinishSaga(now)),
    }).Decide(state));
}
