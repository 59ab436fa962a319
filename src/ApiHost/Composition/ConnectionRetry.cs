namespace Crescent.ApiHost.Composition;

/// <summary>Silos and database may start after this host: it tries for as long as it is not told to stop.</summary>
internal sealed partial class ConnectionRetry(TimeProvider time, ILogger<ConnectionRetry> logger) : IClientConnectionRetryFilter
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly ILogger _logger = logger;
    bool _isLogged;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_isLogged) LogNoSilo(Pause, exception.Message);
        _isLogged = true;
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(6101, LogLevel.Warning, "No silo can be reached ({Reason}); tried again every {Pause}, requests are answered with 503 meanwhile")]
    private partial void LogNoSilo(TimeSpan pause, string reason);
}
