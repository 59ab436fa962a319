using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Integration;

public sealed partial class Relay
{
    [LoggerMessage(EventId = 3601, Level = LogLevel.Warning,
        Message = "Relay failed at position {Position}; it goes on in {Delay}, and consumers look up in the log what did not arrive.")]
    partial void LogFailed(long position, TimeSpan delay, Exception exception);
}
