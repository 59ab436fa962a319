using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Leases;

public sealed partial class LeaseKeeper
{
    [LoggerMessage(EventId = 2121, Level = LogLevel.Information, Message = "This process holds the lease {Name} now, with token {Token}.")]
    partial void LogAcquired(string name, long token);

    [LoggerMessage(EventId = 2122, Level = LogLevel.Warning, Message = "The lease {Name} with token {Token} is lost; its work stopped here and goes on with whoever takes it.")]
    partial void LogLost(string name, long token);

    [LoggerMessage(EventId = 2123, Level = LogLevel.Information, Message = "The lease {Name} with token {Token} is given back.")]
    partial void LogReleased(string name, long token);

    [LoggerMessage(EventId = 2124, Level = LogLevel.Warning, Message = "The lease {Name} could not be asked for; next try in {Delay}.")]
    partial void LogNotAcquired(string name, TimeSpan delay, Exception exception);

    [LoggerMessage(EventId = 2125, Level = LogLevel.Warning, Message = "The lease {Name} could not be renewed; next try in {Delay}, and the work stops when the lease runs out.")]
    partial void LogNotRenewed(string name, TimeSpan delay, Exception exception);

    [LoggerMessage(EventId = 2126, Level = LogLevel.Warning, Message = "The lease {Name} could not be given back; it runs out within {Duration}.")]
    partial void LogNotReleased(string name, TimeSpan duration, Exception exception);

    [LoggerMessage(EventId = 2127, Level = LogLevel.Error, Message = "The work under the lease {Name} failed; it is tried again in {Delay}.")]
    partial void LogWorkFailed(string name, TimeSpan delay, Exception exception);
}
