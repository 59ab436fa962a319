using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Payments;

public sealed partial class PaymentGrain
{
    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning,
        Message = "Payment provider did not answer {Operation} for order {OrderId}; the outcome is unknown and asked for at the next try.")]
    static partial void LogCallFailed(ILogger logger, string operation, string orderId, Exception exception);
}
