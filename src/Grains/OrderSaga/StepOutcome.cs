using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;

namespace Crescent.Grains.OrderSaga;

/// <summary>What a step, or undoing one, came to: done when there is no failure.</summary>
readonly record struct StepOutcome(OrderFailure? Failure, StepFailureKind Kind)
{
    public static StepOutcome Done => default;

    /// <summary>It was refused, and would be again.</summary>
    public static StepOutcome Refused(OrderFailure failure) => new(failure, StepFailureKind.Definite);

    /// <summary>It may work later; if not, undoing it is safe.</summary>
    public static StepOutcome Later(OrderFailure failure) => new(failure, StepFailureKind.Transient);

    /// <summary>Nobody could say whether it happened.</summary>
    public static StepOutcome Unknown(OrderFailure failure) => new(failure, StepFailureKind.Unknown);
}
