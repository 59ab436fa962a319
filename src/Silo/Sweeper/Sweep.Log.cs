using Crescent.ReadModels.Due;
using Microsoft.Extensions.Logging;

namespace Crescent.Silo.Sweeper;

partial class Sweep
{
    [LoggerMessage(5101, LogLevel.Warning, "What is due of {Kind} {Owner} could not be seen to; it comes up again in the next sweep")]
    private partial void LogFailed(DueKind kind, string owner, Exception exception);
}
