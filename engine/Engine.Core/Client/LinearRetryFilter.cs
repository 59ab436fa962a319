namespace Orleans.Runtime;

/// <summary>Tries again a number of times, each time later, while no gateway can be reached; anything else ends it.</summary>
internal sealed class LinearRetryFilter(TimeProvider time) : IClientConnectionRetryFilter
{
    private const int MaxRetries = 15;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1.5);
    private int _retries;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not SiloUnavailableException || _retries == MaxRetries)
        {
            return false;
        }

        await Task.Delay(Step * ++_retries, time, cancellationToken);
        return true;
    }
}

/// <summary>A filter that was given as a function.</summary>
internal sealed class DelegateRetryFilter(Func<Exception, CancellationToken, Task<bool>> filter) : IClientConnectionRetryFilter
{
    public Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken) => filter(exception, cancellationToken);
}
