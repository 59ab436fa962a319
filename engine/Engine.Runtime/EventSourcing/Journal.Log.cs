using Microsoft.Extensions.Logging;
using Orleans.EventSourcing.Common;
using Orleans.Runtime;

namespace Orleans.EventSourcing.CustomStorage;

internal sealed partial class Journal<TState, TEvent>
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "Storage of {Grain}: {Failure}; tried again in {Delay}.")]
    private static partial void LogStorageFailed(ILogger logger, Exception exception, GrainId grain, PrimaryOperationFailed failure, TimeSpan delay);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Error, Message = "TransitionState of {Grain} threw on a {EventType}; the event counts as applied.")]
    private static partial void LogTransitionFailed(ILogger logger, Exception exception, GrainId grain, Type eventType);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "A notification method of {Grain} threw; the journal goes on.")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning, Message = "{Grain} is deactivated although its storage does not answer; {Count} raised events are given up.")]
    private static partial void LogAbandoned(ILogger logger, GrainId grain, int count);
}
