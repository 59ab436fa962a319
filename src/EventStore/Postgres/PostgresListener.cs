using Crescent.EventStore.PersonalData;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// Learns what other processes did: told by the database as soon as it happens, and asking every so often, because
/// being told is not reliable.
/// </summary>
sealed partial class PostgresListener(
    PostgresDatabase database, PostgresEventStoreOptions options, LogSignal signal, PersonalKeyCache keys, TimeProvider time, ILogger logger)
{
    const string KeysChannel = "crescent_personal_keys";

    static readonly string Listen = SqlText.Load(typeof(PostgresListener), "Listen");
    static readonly string ReadHead = SqlText.Load(typeof(PostgresListener), "ReadHead");
    static readonly string ReadOldestSnapshot = SqlText.Load(typeof(PostgresListener), "ReadOldestSnapshot");

    readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _lastAlarm;

    /// <summary>Completes when it listens for the first time: from then on everything is heard of.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Runs until <paramref name="ct"/> is cancelled, then ends without an exception.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(RepeatAsync(HearAsync, ct), RepeatAsync(PollAsync, ct));

    async Task RepeatAsync(Func<Health, CancellationToken, Task> step, CancellationToken ct)
    {
        var health = new Health();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await step(health, ct);
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (health.Worsens()) LogTroubled(options.PollInterval, e);
            }

            await Task.Delay(options.PollInterval, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends only with an exception.</summary>
    async Task HearAsync(Health health, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) => Hear(notification);
        await using (var listen = new NpgsqlCommand(Listen, connection)) await listen.ExecuteNonQueryAsync(ct);
        // What was said before is lost.
        keys.Distrust();
        _listening.TrySetResult();
        if (health.Recovers()) LogRecovered();
        while (true) await connection.WaitAsync(ct);
    }

    void Hear(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Channel == KeysChannel) keys.Destroy(notification.Payload);
        else if (long.TryParse(notification.Payload, out var position)) signal.Publish(position);
    }

    async Task PollAsync(Health health, CancellationToken ct)
    {
        var head = await database.QueryAsync(ReadHead, row => row.GetInt64(0), ct);
        signal.Publish(head[0]);
        if (health.Recovers()) LogRecovered();
        if (_lastAlarm == 0 || time.GetElapsedTime(_lastAlarm) >= options.OldSnapshotAlarm) await LookForOldSnapshotsAsync(ct);
    }

    async Task LookForOldSnapshotsAsync(CancellationToken ct)
    {
        _lastAlarm = time.GetTimestamp();
        var age = TimeSpan.FromSeconds((await database.QueryAsync(ReadOldestSnapshot, row => row.GetDouble(0), ct))[0]);
        if (age > options.OldSnapshotAlarm) LogOldSnapshot(age);
    }

    /// <summary>Keeps what is said in the log to the changes.</summary>
    sealed class Health
    {
        bool _troubled;

        public bool Worsens() => !_troubled && (_troubled = true);

        public bool Recovers()
        {
            var troubled = _troubled;
            _troubled = false;
            return troubled;
        }
    }
}
