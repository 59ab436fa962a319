using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;

namespace Crescent.Domain.Tests.OrderSaga;

/// <summary>How an attempt ends.</summary>
enum Ending
{
    Success,
    Definite,
    Transient,
    Unknown,

    /// <summary>The process dies after the attempt began; the next one starts from what is recorded.</summary>
    Crash,

    /// <summary>Meanwhile the buyer cancels.</summary>
    Cancel,
}

/// <summary>Drives a saga by its plan alone, the way its grain does, with a clock that stands still between waits.</summary>
sealed class SagaRun
{
    static readonly SagaRetryPolicy Policy = SagaRetryPolicy.Default;
    readonly List<SagaEvent> _events = [];

    public SagaRun(DateTimeOffset start)
    {
        Now = start;
        Record(SagaDecider.Start(State, new StartSaga("o1", "u1", [], new Money(200, "USD"), ReserveHold, Now)));
    }

    public static TimeSpan ReserveHold => TimeSpan.FromMinutes(15);

    public Saga State { get; private set; } = Saga.Initial;

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<SagaEvent> Events => _events;

    public SagaAction Next => SagaPlan.Next(State, Now);

    public IEnumerable<string> Names => _events.Select(e => e switch
    {
        SagaEvent.StepCompleted it => $"{it.Step} done",
        SagaEvent.StepCompensated it => $"{it.Step} undone",
        _ => e.GetType().Name,
    });

    /// <summary>Takes actions until the saga has ended or waits for an operator.</summary>
    public SagaRun Go(Func<SagaAction, Ending> endingOf)
    {
        for (var taken = 0; taken < 1000; taken++)
        {
            var action = Next;
            if (action is SagaAction.Ended or SagaAction.AwaitOperator) return this;
            Take(action, endingOf);
        }

        throw new InvalidOperationException("The saga does not come to an end.");
    }

    public void Take(SagaAction action, Func<SagaAction, Ending> endingOf)
    {
        switch (action)
        {
            case SagaAction.Wait wait:
                Assert.True(wait.Until > Now);
                Now = wait.Until;
                break;
            case SagaAction.RunStep run:
                Record(SagaDecider.StartStep(State, new StartStep(run.Step, run.Attempt, Now)));
                Report(run, endingOf(run));
                break;
            case SagaAction.Compensate undo:
                if (endingOf(undo) is Ending.Success) Record(SagaDecider.CompleteCompensation(State, new CompleteCompensation(undo.Step, Now)));
                else Record(SagaDecider.FailCompensation(State, new FailCompensation(undo.Step, undo.Attempt, OrderFailure.Unavailable, Policy, 0.5, Now)));
                break;
            case SagaAction.Finish:
                Record(SagaDecider.Finish(State, new FinishSaga(Now)));
                break;
        }
    }

    public void Record<TRejection>(Decision<SagaEvent, TRejection> decision)
        where TRejection : struct, Enum
    {
        Assert.True(decision.IsAccepted, $"{decision.Rejection} at {State.Status} {State.Step}");
        foreach (var happened in decision.Events) State = State.Evolve(happened);
        _events.AddRange(decision.Events);
    }

    void Report(SagaAction.RunStep run, Ending ending)
    {
        switch (ending)
        {
            case Ending.Success:
                Record(SagaDecider.CompleteStep(State, new CompleteStep(run.Step, Now)));
                break;
            case Ending.Cancel when !State.HasShipped:
                Record(SagaDecider.Cancel(State, new CancelSaga(Now)));
                break;
            case Ending.Crash or Ending.Cancel:
                break;
            default:
                var kind = Enum.Parse<StepFailureKind>(ending.ToString());
                Record(SagaDecider.FailStep(
                    State, new FailStep(run.Step, run.Attempt, kind, OrderFailure.PaymentDeclined, Policy, 0.5, Now)));
                break;
        }
    }
}
