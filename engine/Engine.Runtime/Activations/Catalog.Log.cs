using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Catalog
{
    [LoggerMessage(101, LogLevel.Error, "{GrainId} failed to activate; the {Waiting} calls that wait for it are rejected.")]
    public partial void LogActivationFailed(Exception exception, GrainId grainId, int waiting);

    [LoggerMessage(102, LogLevel.Warning, "A deactivation hook of {GrainId} failed; the activation ends nevertheless.")]
    public partial void LogDeactivationFailed(Exception exception, GrainId grainId);

    [LoggerMessage(103, LogLevel.Error, "Work that {GrainId} had posted threw; the grain goes on.")]
    public partial void LogTurnFailed(Exception exception, GrainId grainId);

    [LoggerMessage(104, LogLevel.Error, "A timer callback of {GrainId} threw; the timer goes on.")]
    public partial void LogTimerFailed(Exception exception, GrainId grainId);

    [LoggerMessage(105, LogLevel.Error, "A call of {GrainId} has run for longer than MaxRequestProcessingTime; the activation is given up and its {Waiting} waiting calls go to a new one.")]
    public partial void LogAbandoned(GrainId grainId, int waiting);

    [LoggerMessage(106, LogLevel.Warning, "The silo stops with {Count} activations that had not ended in time.")]
    private partial void LogShutdownIncomplete(int count);

    [LoggerMessage(107, LogLevel.Warning, "A callback that waited for the cancellation of a call of {GrainId} threw; the call goes on.")]
    public partial void LogCancellationFailed(Exception exception, GrainId grainId);
}
