using Crescent.EventStore;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.EventSourcing;

sealed partial class CommandPump<TState, TEvent>
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning,
        Message = "{Stream} could not settle {Count} commands; their callers are told that the outcome is unknown.")]
    partial void LogBatchFailed(StreamName stream, int count, Exception exception);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Information,
        Message = "{Stream} was overtaken (round {Round}); {Count} commands are decided again.")]
    partial void LogOvertaken(StreamName stream, int round, int count);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error,
        Message = "{Stream} could not decide command {CommandId}; its caller gets an error, the commands beside it are not touched.")]
    partial void LogUndecided(StreamName stream, Guid commandId, Exception exception);
}
