using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// Tells the other processes of this one's commits: off the way of the appends, because a transaction that notifies takes
/// a lock on the whole server while it commits, and once for all commits since the last time.
/// </summary>
sealed partial class PostgresAnnouncer(PostgresDatabase database, PostgresEventStoreOptions options, TimeProvider time, ILogger logger)
{
    static readonly string AnnounceHead = SqlText.Load(typeof(PostgresAnnouncer), "AnnounceHead");

    readonly LogSignal _committed = new();

    public void Publish(long position) => _committed.Publish(position);

    /// <summary>Runs until <paramref name="ct"/> is cancelled, then ends without an exception.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var told = 0L;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await _committed.WaitBeyondAsync(told, ct);
                told = _committed.Head;
                await database.ExecuteAsync(AnnounceHead, ct, Parameter.Of(told));
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogNotAnnounced(told, e);
            }

            await Task.Delay(options.AnnounceInterval, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(EventId = 2114, Level = LogLevel.Debug, Message = "Position {Position} could not be announced; the other processes find it when they look.")]
    partial void LogNotAnnounced(long position, Exception exception);
}
