using Microsoft.Extensions.Logging;

namespace Crescent.Silo.Sweeper;

partial class SweeperService
{
    [LoggerMessage(5111, LogLevel.Error, "A sweep failed; the next one begins in {Delay}")]
    private partial void LogFailed(TimeSpan delay, Exception exception);

    [LoggerMessage(5112, LogLevel.Warning, "The due table does not reach position {Head} yet; the first sweep sees to what it has, later ones to the rest")]
    private partial void LogBehind(long head);
}
