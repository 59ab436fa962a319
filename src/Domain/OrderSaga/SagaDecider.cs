using System.Collections.Immutable;
using Crescent.Domain.Orders;

namespace Crescent.Domain.OrderSaga;

/// <param name="Hold">How long the reservations stand.</param>
public sealed record StartSaga(
    string OrderId, string UserId, ImmutableArray<ProductQuantity> Items, Money Total, TimeSpan Hold, DateTimeOffset Now);

public sealed record StartStep(SagaStep Step, int Attempt, DateTimeOffset Now);

public sealed record CompleteStep(SagaStep Step, DateTimeOffset Now);

/// <summary>
/// That a grain was unavailable or a breaker open is not the step's failure: then nothing is recorded and the attempt
/// is repeated.
/// </summary>
/// <param name="Jitter">From 0 to 1, random.</param>
public sealed record FailStep(
    SagaStep Step, int Attempt, StepFailureKind Kind, OrderFailure Reason, SagaRetryPolicy Policy, double Jitter, DateTimeOffset Now);

/// <summary>The order has accepted a request to be cancelled, which it does until it ships.</summary>
public sealed record CancelSaga(DateTimeOffset Now);

public sealed record CompleteCompensation(SagaStep Step, DateTimeOffset Now);

/// <param name="Jitter">From 0 to 1, random.</param>
public sealed record FailCompensation(
    SagaStep Step, int Attempt, OrderFailure Reason, SagaRetryPolicy Policy, double Jitter, DateTimeOffset Now);

/// <summary>The order is where <see cref="SagaAction.Finish"/> said.</summary>
public sealed record FinishSaga(DateTimeOffset Now);

public sealed record RetrySaga(string Operator, DateTimeOffset Now);

public sealed record AbandonSaga(string Operator, string Reason, DateTimeOffset Now);

public enum StartSagaRejection
{
    /// <summary>The saga of this order runs for other items or another total.</summary>
    OtherOrder,
}

/// <summary>Why the start or the outcome of a step is not recorded.</summary>
public enum StepRejection
{
    NotStarted,

    /// <summary>Not the step, or not the attempt, the saga is at.</summary>
    OutOfOrder,

    /// <summary>The retry is not due yet.</summary>
    NotDue,
    Compensating,
    Compensated,
    Stuck,
    Completed,
    Abandoned,
}

public enum CancelSagaRejection
{
    NotStarted,
    AlreadyShipped,
    Abandoned,
}

public enum CompensationRejection
{
    NotCompensating,

    /// <summary>Not a step to be undone, or not the attempt the compensation is at.</summary>
    OutOfOrder,
    Stuck,
    Abandoned,
}

public enum FinishSagaRejection
{
    NotFinished,
    Stuck,
    Abandoned,
}

public enum RetrySagaRejection
{
    NotStarted,
    NotStuck,
    AlreadyEnded,
}

public enum AbandonSagaRejection
{
    NotStarted,
    NotStuck,
    AlreadyEnded,
    InvalidReason,
}

public static class SagaDecider
{
    public const int MaxReasonLength = 500;

    /// <summary>The first step starts with the saga.</summary>
    public static Decision<SagaEvent, StartSagaRejection> Start(Saga state, StartSaga command)
    {
        if (state.Status is SagaStatus.None)
        {
            return new(
                new SagaEvent.Started(command.OrderId, command.UserId, command.Items, command.Total, command.Now + command.Hold, command.Now),
                new SagaEvent.StepStarted(command.OrderId, SagaStep.ValidateOrder, Attempt: 1, command.Now));
        }

        return state.Total == command.Total && state.Items.SequenceEqual(command.Items)
            ? AlreadySo.Instance
            : StartSagaRejection.OtherOrder;
    }

    public static Decision<SagaEvent, StepRejection> StartStep(Saga state, StartStep command)
    {
        if (Refusal(state) is { } refusal) return refusal;
        if (command.Step != state.Step) return StepRejection.OutOfOrder;
        if (state.IsAttemptOpen)
            return command.Attempt == state.Attempt ? AlreadySo.Instance : StepRejection.OutOfOrder;
        if (command.Attempt != state.Attempt + 1) return StepRejection.OutOfOrder;
        return state.RetryAt > command.Now
            ? StepRejection.NotDue
            : new SagaEvent.StepStarted(state.OrderId, command.Step, command.Attempt, command.Now);
    }

    /// <summary>
    /// The next step starts with it: one record where two would say the same. With the last step the saga is complete: the
    /// order was completed within it.
    /// </summary>
    public static Decision<SagaEvent, StepRejection> CompleteStep(Saga state, CompleteStep command)
    {
        if (state.Status is SagaStatus.Completed) return AlreadySo.Instance;
        if (Refusal(state) is { } refusal) return refusal;
        if (state.Step is null || command.Step < state.Step) return AlreadySo.Instance;
        if (command.Step != state.Step || state.Attempt == 0) return StepRejection.OutOfOrder;
        var completed = new SagaEvent.StepCompleted(state.OrderId, command.Step, command.Now);
        return command.Step is SagaStep.SendNotification
            ? new(completed, new SagaEvent.Completed(state.OrderId, command.Now))
            : new(completed, new SagaEvent.StepStarted(state.OrderId, command.Step + 1, Attempt: 1, command.Now));
    }

    public static Decision<SagaEvent, StepRejection> FailStep(Saga state, FailStep command)
    {
        if (Refusal(state) is { } refusal) return refusal;
        if (command.Step != state.Step || command.Attempt > state.Attempt || command.Attempt < 1) return StepRejection.OutOfOrder;
        if (command.Attempt < state.Attempt || !state.IsAttemptOpen) return AlreadySo.Instance;

        var retryAt = command.Kind is StepFailureKind.Definite
            ? null
            : command.Policy.RetryAt(command.Attempt, command.Jitter, state.FailingSince ?? command.Now, command.Now);
        var failed = new SagaEvent.StepFailed(
            state.OrderId, command.Step, command.Attempt, command.Kind, command.Reason, retryAt, command.Now);
        if (retryAt is not null || command.Step is SagaStep.SendNotification) return failed;
        return command.Kind is StepFailureKind.Unknown
            ? new Decision<SagaEvent, StepRejection>(
                failed, new SagaEvent.Stuck(state.OrderId, command.Step, command.Reason, command.Attempt, command.Now))
            : new Decision<SagaEvent, StepRejection>(
                failed, new SagaEvent.Compensating(state.OrderId, command.Reason, command.Now));
    }

    /// <summary>
    /// Until the shipment step is complete. The order is the judge of the race: a shipment step under way can't ship an
    /// order that is being cancelled, and an order that has shipped accepts no cancellation.
    /// </summary>
    public static Decision<SagaEvent, CancelSagaRejection> Cancel(Saga state, CancelSaga command) => state.Status switch
    {
        SagaStatus.None => CancelSagaRejection.NotStarted,
        SagaStatus.Abandoned => CancelSagaRejection.Abandoned,
        SagaStatus.Completed => CancelSagaRejection.AlreadyShipped,
        _ when state.Failure is not null => AlreadySo.Instance,
        _ when state.HasShipped => CancelSagaRejection.AlreadyShipped,
        _ => new SagaEvent.Compensating(state.OrderId, OrderFailure.Cancelled, command.Now),
    };

    public static Decision<SagaEvent, CompensationRejection> CompleteCompensation(Saga state, CompleteCompensation command)
    {
        if (Find(state, command.Step) is { Status: CompensationStatus.Done }) return AlreadySo.Instance;
        if (CompensationRefusal(state) is { } refusal) return refusal;
        if (Find(state, command.Step) is not { Status: CompensationStatus.Due }) return CompensationRejection.OutOfOrder;
        return Settle(state, new SagaEvent.StepCompensated(state.OrderId, command.Step, command.Now), command.Now);
    }

    public static Decision<SagaEvent, CompensationRejection> FailCompensation(Saga state, FailCompensation command)
    {
        if (CompensationRefusal(state) is { } refusal) return refusal;
        if (Find(state, command.Step) is not { } compensation || command.Attempt > compensation.Failures + 1)
            return CompensationRejection.OutOfOrder;
        if (command.Attempt <= compensation.Failures) return AlreadySo.Instance;
        if (compensation.Status is not CompensationStatus.Due) return CompensationRejection.OutOfOrder;
        var retryAt = command.Policy.RetryAt(
            command.Attempt, command.Jitter, compensation.FailingSince ?? command.Now, command.Now);
        return Settle(
            state,
            new SagaEvent.CompensationFailed(state.OrderId, command.Step, command.Attempt, command.Reason, retryAt, command.Now),
            command.Now);
    }

    public static Decision<SagaEvent, FinishSagaRejection> Finish(Saga state, FinishSaga command) => state.Status switch
    {
        SagaStatus.Completed or SagaStatus.Compensated => AlreadySo.Instance,
        SagaStatus.Abandoned => FinishSagaRejection.Abandoned,
        SagaStatus.Stuck => FinishSagaRejection.Stuck,
        SagaStatus.Running when state.Step is null => new SagaEvent.Completed(state.OrderId, command.Now),
        SagaStatus.Compensating when state.Compensations.All(it => it.Status is CompensationStatus.Done) =>
            new SagaEvent.Compensated(state.OrderId, state.Failure!.Value, command.Now),
        _ => FinishSagaRejection.NotFinished,
    };

    public static Decision<SagaEvent, RetrySagaRejection> Retry(Saga state, RetrySaga command) => state.Status switch
    {
        SagaStatus.None => RetrySagaRejection.NotStarted,
        SagaStatus.Stuck => new SagaEvent.Resumed(state.OrderId, command.Operator, command.Now),
        _ when state.HasEnded => RetrySagaRejection.AlreadyEnded,
        _ => RetrySagaRejection.NotStuck,
    };

    public static Decision<SagaEvent, AbandonSagaRejection> Abandon(Saga state, AbandonSaga command)
    {
        if (!ShortText.IsValid(command.Reason, MaxReasonLength)) return AbandonSagaRejection.InvalidReason;
        return state.Status switch
        {
            SagaStatus.None => AbandonSagaRejection.NotStarted,
            SagaStatus.Stuck => new SagaEvent.Abandoned(state.OrderId, command.Operator, command.Reason.Trim(), command.Now),
            SagaStatus.Abandoned => AlreadySo.Instance,
            _ when state.HasEnded => AbandonSagaRejection.AlreadyEnded,
            _ => AbandonSagaRejection.NotStuck,
        };
    }

    static Compensation? Find(Saga state, SagaStep step) => state.Compensations.FirstOrDefault(it => it.Step == step);

    static StepRejection? Refusal(Saga state) => state.Status switch
    {
        SagaStatus.None => StepRejection.NotStarted,
        SagaStatus.Compensating => StepRejection.Compensating,
        SagaStatus.Compensated => StepRejection.Compensated,
        SagaStatus.Stuck => StepRejection.Stuck,
        SagaStatus.Completed => StepRejection.Completed,
        SagaStatus.Abandoned => StepRejection.Abandoned,
        _ => null,
    };

    static CompensationRejection? CompensationRefusal(Saga state) => state.Status switch
    {
        SagaStatus.Compensating => null,
        SagaStatus.Stuck => CompensationRejection.Stuck,
        SagaStatus.Abandoned => CompensationRejection.Abandoned,
        _ => CompensationRejection.NotCompensating,
    };

    /// <summary>Once all that could be undone is, what was given up needs an operator.</summary>
    static Decision<SagaEvent, CompensationRejection> Settle(Saga state, SagaEvent outcome, DateTimeOffset now)
    {
        var after = state.Evolve(outcome).Compensations;
        var stuck = after.FirstOrDefault(it => it.Status is CompensationStatus.GivenUp);
        if (stuck is null || after.Any(it => it.Status is CompensationStatus.Due)) return outcome;
        return new(outcome, new SagaEvent.Stuck(state.OrderId, stuck.Step, stuck.Reason!.Value, stuck.Failures, now));
    }
}
