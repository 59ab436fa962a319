namespace Crescent.EventStore.Sqlite;

/// <summary>Tries again what failed for a reason that may pass, within bounds; then the store counts as unavailable.</summary>
sealed class SqliteRetry(int retries, TimeSpan delay, TimeProvider time)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await operation();
            }
            catch (SqliteErrorException e) when (e.IsTransient && attempt < retries)
            {
            }
            catch (SqliteErrorException e)
            {
                throw new EventStoreUnavailableException($"The event store does not answer: {e.Message}", e);
            }
            catch (ObjectDisposedException e)
            {
                throw new EventStoreUnavailableException("The event store is closed.", e);
            }

            await Task.Delay(delay, time, ct);
        }
    }
}
