using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Postgres;

sealed partial class PostgresListener
{
    [LoggerMessage(EventId = 2111, Level = LogLevel.Warning,
        Message = "Other processes' events are not heard of; trying again every {Interval}. Readers of the log fall behind meanwhile.")]
    partial void LogTroubled(TimeSpan interval, Exception exception);

    [LoggerMessage(EventId = 2112, Level = LogLevel.Information, Message = "Other processes' events are heard of again.")]
    partial void LogRecovered();

    [LoggerMessage(EventId = 2113, Level = LogLevel.Warning,
        Message = "A transaction in the events' database has been open for {Age}: appends become slower until it ends.")]
    partial void LogOldSnapshot(TimeSpan age);
}
