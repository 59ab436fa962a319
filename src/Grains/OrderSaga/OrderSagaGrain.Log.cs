using Crescent.Domain.Orders;
using Crescent.Domain.OrderSaga;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.OrderSaga;

public sealed partial class OrderSagaGrain
{
    [LoggerMessage(EventId = 3401, Level = LogLevel.Warning,
        Message = "Saga of order {OrderId} was interrupted; it goes on in {Pause}.")]
    static partial void LogInterrupted(ILogger logger, string orderId, TimeSpan pause, Exception exception);

    [LoggerMessage(EventId = 3402, Level = LogLevel.Information,
        Message = "Saga of order {OrderId}: attempt {Attempt} of {Step} failed ({Failure}, {Kind}); it is tried again, undone or left to an operator.")]
    static partial void LogStepFailed(ILogger logger, string orderId, SagaStep step, int attempt, OrderFailure failure, StepFailureKind kind);

    [LoggerMessage(EventId = 3403, Level = LogLevel.Warning,
        Message = "Saga of order {OrderId}: attempt {Attempt} to undo {Step} failed ({Failure}); the others go on, and it is tried again or left to an operator.")]
    static partial void LogUndoFailed(ILogger logger, string orderId, SagaStep step, int attempt, OrderFailure failure);

    [LoggerMessage(EventId = 3404, Level = LogLevel.Error,
        Message = "Saga of order {OrderId}: a participant threw; the attempt counts as failed and is tried again.")]
    static partial void LogAttemptThrew(ILogger logger, string orderId, Exception exception);
}
