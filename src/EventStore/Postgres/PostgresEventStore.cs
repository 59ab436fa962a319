using Crescent.EventStore.Leases;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Serialization;
using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Postgres;

/// <summary>The event store that several processes share. Appends of many streams share a commit.</summary>
public sealed class PostgresEventStore : IEventStore, IAsyncDisposable, IDisposable
{
    static readonly string ReadHead = SqlText.Load(typeof(PostgresEventStore), "ReadHead");
    static readonly string WriteSnapshot = SqlText.Load(typeof(PostgresEventStore), "WriteSnapshot");

    readonly PostgresEventStoreOptions _options;
    readonly TimeProvider _time;
    readonly PostgresDatabase _database;
    readonly MasterKey _master;
    readonly PostgresPersonalKeys _keys;
    readonly EventCodec _codec;
    readonly StoreRetry _retry;
    readonly PostgresAppender _appender;
    readonly PostgresAnnouncer _announcer;
    readonly PostgresListener _listener;
    readonly LogSignal _signal = new();
    readonly CancellationTokenSource _stop = new();
    readonly Lazy<Task> _start;
    Task _running = Task.CompletedTask;

    /// <summary>Connects to nothing yet: the first use does, or <see cref="StartAsync"/>.</summary>
    public PostgresEventStore(PostgresEventStoreOptions options, EventTypeMap types, TimeProvider time, ILogger<PostgresEventStore> logger)
    {
        options.Validate();
        (_options, _time) = (options, time);
        _database = new PostgresDatabase(options.Database, onlyByIndex: true);
        _master = new MasterKey(options.MasterKey.Span);
        _retry = new StoreRetry(options.Retries, options.RetryDelay, time, PostgresTrouble.Judge);
        var cache = new PersonalKeyCache(options.CachedPersonalKeys, options.PersonalKeyLifetime, time);
        _keys = new PostgresPersonalKeys(this, _master, cache);
        _codec = new EventCodec(types, _keys);
        _announcer = new PostgresAnnouncer(_database, options, time, logger);
        _appender = new PostgresAppender(_database, options, _retry, _signal, _announcer, new CommitMetrics(_database.Name, time));
        _listener = new PostgresListener(_database, options, _signal, cache, time, logger);
        _start = new Lazy<Task>(() => StartOnceAsync());
        Leases = new PostgresLeaseStore(this);
    }

    /// <summary>The store's database.</summary>
    public PostgresDatabase Database => _database;

    /// <summary>The keys of personal data, kept in the same database.</summary>
    public IPersonalKeys PersonalKeys => _keys;

    /// <summary>Moves with every commit of this store, and soon after every commit of another process.</summary>
    public ILogSignal Signal => _signal;

    /// <summary>Leases among all processes on this database.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>
    /// Creates or migrates the tables, checks the server's settings and the master key, and begins to append and listen.
    /// Done once, whoever asks for it.
    /// </summary>
    /// <exception cref="EventStoreUnavailableException">The database cannot be reached.</exception>
    /// <exception cref="SchemaTooNewException">A newer release has already written it.</exception>
    /// <exception cref="WrongMasterKeyException">It was written with another master key.</exception>
    /// <exception cref="PostgresSettingException">The server would lose or garble events.</exception>
    public Task StartAsync(CancellationToken ct = default) => _start.Value.WaitAsync(ct);

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        AppendRules.Check(request);
        await StartAsync(ct);
        using var activity = EventStoreActivity.StartAppend(request);
        var append = new PendingAppend(request, await _codec.EncodeAsync(request, ct));
        try
        {
            return await _appender.AppendAsync(append, ct);
        }
        catch (ObjectDisposedException e)
        {
            throw new EventStoreUnavailableException("The event store is closed.", e);
        }
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default) =>
        ReadEventsAsync(database => PostgresEventRows.ReadStreamAsync(database, stream, afterVersion, maxCount, ct), ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default) =>
        ReadEventsAsync(database => PostgresEventRows.ReadLogAsync(database, afterPosition, maxCount, ct), ct);

    public Task<long> ReadHeadAsync(CancellationToken ct = default) =>
        RunAsync(async database => (await database.QueryAsync(ReadHead, row => row.GetInt64(0), ct))[0], ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        ReadEventsAsync(database => PostgresEventRows.ReadCommandAsync(database, stream, commandId, ct), ct);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class =>
        RunAsync(async database => await _codec.DecodeAsync<TState>(await PostgresEventRows.ReadSnapshotAsync(database, stream, ct), ct), ct);

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class =>
        RunAsync(async database =>
        {
            var stored = await _codec.EncodeAsync(snapshot, ct);
            return await database.ExecuteAsync(
                WriteSnapshot, ct,
                Parameter.Of(stored.Stream.Category),
                Parameter.Of(stored.Stream.Id),
                Parameter.Of(stored.Version),
                Parameter.Of(stored.SchemaHash),
                Parameter.Text(stored.SubjectId),
                Parameter.Json(stored.Data));
        }, ct);

    /// <summary>Commits what is queued and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _appender.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        await _database.DisposeAsync();
        _master.Dispose();
    }

    /// <summary>Like <see cref="DisposeAsync"/>, but what is in flight ends on its own.</summary>
    public void Dispose()
    {
        _appender.Close();
        _stop.Cancel();
        _database.Dispose();
        _master.Dispose();
    }

    /// <summary>Runs an operation that may be repeated, once the store has started.</summary>
    internal async Task<T> RunAsync<T>(Func<PostgresDatabase, Task<T>> operation, CancellationToken ct)
    {
        await StartAsync(ct);
        return await _retry.RunAsync(() => operation(_database), ct);
    }

    async Task StartOnceAsync()
    {
        var ct = _stop.Token;
        var retries = (int)(_options.StartTimeout / _options.PollInterval);
        var patient = new StoreRetry(retries, _options.PollInterval, _time, Judge);
        await patient.RunAsync(async () =>
        {
            await _database.MigrateAsync("events", typeof(PostgresEventStore), ct);
            await _keys.CheckMasterKeyAsync(_database, ct);
            return true;
        }, ct);
        _running = Task.WhenAll(_listener.RunAsync(ct), _announcer.RunAsync(ct));
        await _listener.Listening.WaitAsync(ct);

        // What an operator must change is told as it is.
        static StoreTrouble Judge(Exception exception) =>
            exception is PostgresSettingException ? StoreTrouble.None : PostgresTrouble.Judge(exception);
    }

    Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(Func<PostgresDatabase, Task<List<StoredEvent>>> query, CancellationToken ct) =>
        RunAsync(async database => await _codec.DecodeAsync(await query(database), ct), ct);
}
