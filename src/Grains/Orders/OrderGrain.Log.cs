using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Orders;

public sealed partial class OrderGrain
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning,
        Message = "The saga of order {OrderId} could not be told at once; it is told again by whoever follows the log.")]
    static partial void LogNudgeFailed(ILogger logger, string orderId, Exception exception);
}
