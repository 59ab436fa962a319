using Microsoft.Extensions.Logging;

namespace Crescent.Providers.Payments.Sandbox;

partial class LateCaptureService
{
    [LoggerMessage(5011, LogLevel.Error, "Late captures of the payment sandbox could not be settled; next try in {Delay}")]
    private partial void LogFailed(TimeSpan delay, Exception exception);
}
