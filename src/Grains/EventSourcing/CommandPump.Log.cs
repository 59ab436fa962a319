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
}
