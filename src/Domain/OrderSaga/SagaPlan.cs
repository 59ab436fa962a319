namespace Crescent.Domain.OrderSaga;

/// <summary>What a saga does next.</summary>
public abstract record SagaAction
{
    SagaAction()
    {
    }

    /// <summary>Record that the attempt starts unless that stands, call the participants, record the outcome.</summary>
    public sealed record RunStep(SagaStep Step, int Attempt) : SagaAction;

    public sealed record Compensate(SagaStep Step, int Attempt) : SagaAction;

    /// <summary>Bring the order to its end, complete when nothing failed, and then record that of the saga.</summary>
    public sealed record Finish(Orders.OrderFailure? Failure) : SagaAction;

    public sealed record Wait(DateTimeOffset Until) : SagaAction;

    /// <summary>Only an operator can bring it further.</summary>
    public sealed record AwaitOperator : SagaAction;

    /// <summary>Nothing: it has ended, or not even begun.</summary>
    public sealed record Ended : SagaAction;
}

/// <summary>What follows from a saga's state, so that after a crash anywhere the same is done again.</summary>
public static class SagaPlan
{
    public static SagaAction Next(Saga state, DateTimeOffset now) => state.Status switch
    {
        SagaStatus.Running => NextStep(state, now),
        SagaStatus.Compensating => NextCompensation(state, now),
        SagaStatus.Stuck => new SagaAction.AwaitOperator(),
        _ => new SagaAction.Ended(),
    };

    /// <summary>Id of the command a step sends to a participant; a repeated step sends the same.</summary>
    public static Guid CommandId(string orderId, SagaStep step, string participant) =>
        DerivedId.From("saga", orderId, step.ToString(), participant);

    /// <summary>Id of the command by which a compensation undoes what the step did there.</summary>
    public static Guid CompensationId(string orderId, SagaStep step, string participant) =>
        DerivedId.From("saga", orderId, step.ToString(), participant, "undo");

    static SagaAction NextStep(Saga state, DateTimeOffset now)
    {
        if (state.Step is not { } step) return new SagaAction.Finish(null);
        if (state.IsAttemptOpen) return new SagaAction.RunStep(step, state.Attempt);
        return state.RetryAt > now
            ? new SagaAction.Wait(state.RetryAt.Value)
            : new SagaAction.RunStep(step, state.Attempt + 1);
    }

    /// <summary>The last step that is due first; one that waits for its retry holds up none of the others.</summary>
    static SagaAction NextCompensation(Saga state, DateTimeOffset now)
    {
        DateTimeOffset? earliest = null;
        foreach (var it in state.Compensations)
        {
            if (it.Status is not CompensationStatus.Due) continue;
            if (it.RetryAt is not { } retryAt || retryAt <= now) return new SagaAction.Compensate(it.Step, it.Failures + 1);
            if (earliest is null || retryAt < earliest) earliest = retryAt;
        }

        return earliest is { } until ? new SagaAction.Wait(until) : new SagaAction.Finish(state.Failure);
    }
}
