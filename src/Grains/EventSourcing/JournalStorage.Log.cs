using Crescent.EventStore;
using Microsoft.Extensions.Logging;

namespace Crescent.Grains.EventSourcing;

sealed partial class JournalStorage<TState, TEvent>
{
    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning,
        Message = "Append to {Stream} got no answer (attempt {Attempt}); the same batch is submitted again.")]
    partial void LogAppendFailed(StreamName stream, int attempt, Exception exception);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Error,
        Message = "{Stream} can't be read or written; the grain answers nothing more and is activated anew by the next call.")]
    partial void LogBroken(StreamName stream, Exception exception);

    [LoggerMessage(EventId = 3014, Level = LogLevel.Warning,
        Message = "{Stream} could not be loaded; its callers are told so, and the next call loads it again.")]
    partial void LogNotLoaded(StreamName stream, Exception exception);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Warning,
        Message = "Snapshot of {Stream} at version {Version} was not written; the next one is tried later, until then loading takes longer.")]
    partial void LogSnapshotFailed(StreamName stream, int version, Exception exception);
}
