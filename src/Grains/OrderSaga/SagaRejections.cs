using Crescent.Domain.OrderSaga;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.Grains.EventSourcing;
using Refusal = Crescent.Grains.EventSourcing.Refusal<Crescent.GrainInterfaces.OrderSaga.SagaRejectionReason>;

namespace Crescent.Grains.OrderSaga;

/// <summary>The domain's rejections of an operator's commands on a saga, in the words of the contract.</summary>
static class SagaRejections
{
    public static readonly Refusal NotFound = (SagaRejectionReason.NotFound, "There is no such saga.");
    static readonly Refusal NotStuck = (SagaRejectionReason.NotStuck, "The saga is not stuck.");
    static readonly Refusal AlreadyEnded = (SagaRejectionReason.AlreadyEnded, "The saga has ended.");
    static readonly Refusal InvalidReason = (SagaRejectionReason.InvalidReason, $"A reason has 1 to {SagaDecider.MaxReasonLength} characters.");

    public static Refusal Describe(RetrySagaRejection rejection) => rejection switch
    {
        RetrySagaRejection.NotStarted => NotFound,
        RetrySagaRejection.NotStuck => NotStuck,
        RetrySagaRejection.AlreadyEnded => AlreadyEnded,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(AbandonSagaRejection rejection) => rejection switch
    {
        AbandonSagaRejection.NotStarted => NotFound,
        AbandonSagaRejection.NotStuck => NotStuck,
        AbandonSagaRejection.AlreadyEnded => AlreadyEnded,
        AbandonSagaRejection.InvalidReason => InvalidReason,
        _ => throw new UnmappedRejectionException(rejection),
    };
}
