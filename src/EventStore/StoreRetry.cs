namespace Crescent.EventStore;

/// <summary>Tries again what failed for a reason that may pass, within bounds; then the store counts as unavailable.</summary>
/// <param name="judge">Tells trouble of the store from everything else, which is passed on as it is.</param>
sealed class StoreRetry(int retries, TimeSpan delay, TimeProvider time, Func<Exception, StoreTrouble> judge)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await operation().ConfigureAwait(false);
            }
            catch (ObjectDisposedException e)
            {
                throw new EventStoreUnavailableException("The event store is closed.", e);
            }
            catch (Exception e) when (judge(e) is var trouble and not StoreTrouble.None)
            {
                if (trouble == StoreTrouble.Lasting || attempt >= retries)
                    throw new EventStoreUnavailableException($"The event store does not answer: {e.Message}", e);
            }

            await Task.Delay(delay, time, ct).ConfigureAwait(false);
        }
    }
}

/// <summary>What an exception says about the store.</summary>
enum StoreTrouble
{
    /// <summary>Nothing: it is a matter of the caller.</summary>
    None,

    /// <summary>Locks, connections, disks: it may pass.</summary>
    Passing,

    /// <summary>Trying again would change nothing.</summary>
    Lasting,
}
