using Crescent.Domain;
using Crescent.GrainInterfaces;

namespace Crescent.Grains;

/// <summary>How grains call what is outside: within a bound, and with three possible ends.</summary>
static class ProviderCall
{
    /// <summary>The provider's answer; null if it failed or took too long, so that nobody knows what became of the call.</summary>
    /// <exception cref="AggregateUnavailableException">The provider is being left alone; nothing was sent.</exception>
    public static async Task<T?> TryAsync<T>(
        Func<CancellationToken, Task<T>> call, TimeSpan timeout, TimeProvider time, Action<Exception> failed) where T : class
    {
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            // A provider that does not heed the token must not hold the grain.
            return await call(limit.Token).WaitAsync(limit.Token);
        }
        catch (ProviderUnavailableException e)
        {
            failed(e);
            throw new AggregateUnavailableException(e.Message);
        }
        catch (Exception e)
        {
            failed(e);
            return null;
        }
    }
}
