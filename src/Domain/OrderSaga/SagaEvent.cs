using System.Collections.Immutable;
using Crescent.Domain.Orders;

namespace Crescent.Domain.OrderSaga;

public abstract record SagaEvent : IDomainEvent
{
    SagaEvent()
    {
    }

    /// <param name="ReservationExpiresAt">When the order's reservations expire, however often and late they are asked for.</param>
    public sealed record Started(
        string OrderId,
        string UserId,
        ImmutableArray<ProductQuantity> Items,
        Money Total,
        DateTimeOffset ReservationExpiresAt,
        DateTimeOffset At) : SagaEvent;

    public sealed record StepStarted(string OrderId, SagaStep Step, int Attempt, DateTimeOffset At) : SagaEvent;

    public sealed record StepCompleted(string OrderId, SagaStep Step, DateTimeOffset At) : SagaEvent;

    /// <param name="RetryAt">Null: it is not tried again.</param>
    public sealed record StepFailed(
        string OrderId,
        SagaStep Step,
        int Attempt,
        StepFailureKind Kind,
        OrderFailure Reason,
        DateTimeOffset? RetryAt,
        DateTimeOffset At) : SagaEvent;

    public sealed record Compensating(string OrderId, OrderFailure Reason, DateTimeOffset At) : SagaEvent;

    public sealed record StepCompensated(string OrderId, SagaStep Step, DateTimeOffset At) : SagaEvent;

    /// <param name="RetryAt">Null: it is not tried again until an operator says so.</param>
    public sealed record CompensationFailed(
        string OrderId,
        SagaStep Step,
        int Attempt,
        OrderFailure Reason,
        DateTimeOffset? RetryAt,
        DateTimeOffset At) : SagaEvent;

    public sealed record Completed(string OrderId, DateTimeOffset At) : SagaEvent;

    public sealed record Compensated(string OrderId, OrderFailure Reason, DateTimeOffset At) : SagaEvent;

    public sealed record Stuck(string OrderId, SagaStep Step, OrderFailure Reason, int Tries, DateTimeOffset At) : SagaEvent;

    public sealed record Resumed(string OrderId, string Operator, DateTimeOffset At) : SagaEvent;

    public sealed record Abandoned(string OrderId, string Operator, string Reason, DateTimeOffset At) : SagaEvent;
}

/// <summary>The steps of an order, in the order they are taken.</summary>
public enum SagaStep
{
    ValidateOrder,
    ReserveInventory,
    ProcessPayment,
    CreateShipment,
    SendNotification,
}

public enum StepFailureKind
{
    /// <summary>The participant refused, and will again: what was done is undone.</summary>
    Definite,

    /// <summary>Nothing happened and it may work later; after the budget, what was done is undone.</summary>
    Transient,

    /// <summary>It may have happened, and nobody could say so; after the budget, the saga is stuck.</summary>
    Unknown,
}
