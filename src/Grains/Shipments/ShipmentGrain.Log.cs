using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Shipments;

public sealed partial class ShipmentGrain
{
    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning,
        Message = "Carrier did not answer {Operation} for order {OrderId}; the saga tries again.")]
    static partial void LogCallFailed(ILogger logger, string operation, string orderId, Exception exception);
}
