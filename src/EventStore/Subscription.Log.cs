using Microsoft.Extensions.Logging;

namespace Crescent.EventStore;

public sealed partial class Subscription
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Error,
        Message = "Subscription {Name} failed after position {Position}, {Failures} times in a row; the events after it wait, next try in {Delay}.")]
    partial void LogFailed(string name, long position, int failures, TimeSpan delay, Exception exception);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "Subscription {Name} goes on from position {Position}.")]
    partial void LogRecovered(string name, long position);
}
