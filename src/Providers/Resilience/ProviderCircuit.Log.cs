using Microsoft.Extensions.Logging;

namespace Crescent.Providers.Resilience;

partial class ProviderCircuit
{
    [LoggerMessage(5001, LogLevel.Warning,
        "The circuit of provider {Provider} opened after {Failures} failures in a row (last: {Failure}); calls are refused until one probe succeeds")]
    private partial void LogOpened(string provider, int failures, string? failure);

    [LoggerMessage(5002, LogLevel.Information, "The circuit of provider {Provider} is now {Position}")]
    private partial void LogMoved(string provider, CircuitPosition position);
}
