using Microsoft.Extensions.Logging;

namespace Crescent.Grains.Analytics;

public sealed partial class AnalyticsGrain
{
    [LoggerMessage(EventId = 3701, Level = LogLevel.Warning,
        Message = "Partition {Partition} of {Namespace} was not counted; the next item or announcement makes up for it.")]
    partial void LogDeliveryFailed(string partition, string @namespace, Exception exception);
}
