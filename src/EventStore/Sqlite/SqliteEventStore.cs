using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Sqlite;

/// <summary>The event store in one SQLite file. Appends of many streams share a commit.</summary>
public sealed class SqliteEventStore : IEventStore, IDisposable
{
    static readonly string ReadHead = SqlText.Load(typeof(SqliteEventStore), "ReadHead");
    static readonly string WriteSnapshot = SqlText.Load(typeof(SqliteEventStore), "WriteSnapshot");

    readonly SqliteDatabase _database;
    readonly MasterKey _master;
    readonly EventCodec _codec;
    readonly StoreRetry _retry;
    readonly LogSignal _signal = new();

    SqliteEventStore(SqliteEventStoreOptions options, EventTypeMap types, TimeProvider time)
    {
        _database = SqliteDatabase.Open(options.Database, time);
        _master = new MasterKey(options.MasterKey.Span);
        _retry = new StoreRetry(options.Retries, options.RetryDelay, time, SqliteErrorException.Judge);
        var keys = new SqlitePersonalKeys(
            _database, _master, _retry, new PersonalKeyCache(options.CachedPersonalKeys, Timeout.InfiniteTimeSpan, time));
        PersonalKeys = keys;
        _codec = new EventCodec(types, keys);
        try
        {
            _database.Migrate("events", typeof(SqliteEventStore));
            _database.Initialize(session =>
            {
                keys.CheckMasterKey(session);
                _signal.Publish(Head(session));
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The store's file.</summary>
    public SqliteDatabase Database => _database;

    /// <summary>The keys of personal data, kept in the same file.</summary>
    public IPersonalKeys PersonalKeys { get; }

    /// <summary>Moves with every commit of this store.</summary>
    public ILogSignal Signal => _signal;

    /// <summary>Opens the file, creating or migrating its tables.</summary>
    /// <exception cref="SqliteErrorException">The file cannot be used.</exception>
    /// <exception cref="SchemaTooNewException">A newer release has already written it.</exception>
    /// <exception cref="WrongMasterKeyException">It was written with another master key.</exception>
    public static SqliteEventStore Open(SqliteEventStoreOptions options, EventTypeMap types, TimeProvider time)
    {
        options.Validate();
        return new SqliteEventStore(options, types, time);
    }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct = default)
    {
        AppendRules.Check(request);
        using var activity = EventStoreActivity.StartAppend(request);
        // A further try submits the same batch, so one that was committed before the trouble is found, not doubled.
        // Once it was submitted, giving up would hide its outcome: from then on only the bounds of the retry end it.
        var untilSubmitted = ct;
        return await _retry.RunAsync(async () =>
        {
            var work = new AppendWork(request, await _codec.EncodeAsync(request, untilSubmitted).ConfigureAwait(false), _signal);
            await _database.EnqueueAsync(work, untilSubmitted).ConfigureAwait(false);
            untilSubmitted = CancellationToken.None;
            return await work.Task.ConfigureAwait(false);
        }, CancellationToken.None).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default) =>
        ReadEventsAsync(session => SqliteEventRows.ReadStream(session, stream, afterVersion, maxCount), ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default) =>
        ReadEventsAsync(session => SqliteEventRows.ReadLog(session, afterPosition, maxCount), ct);

    public Task<long> ReadHeadAsync(CancellationToken ct = default) => _retry.RunAsync(() => _database.ReadAsync(Head, ct), ct);

    public Task<IReadOnlyList<RecordedEvent>> ReadCommandAsync(StreamName stream, Guid commandId, CancellationToken ct = default) =>
        ReadEventsAsync(session => SqliteEventRows.ReadCommand(session, stream, commandId), ct);

    public Task<Snapshot<TState>?> ReadSnapshotAsync<TState>(StreamName stream, CancellationToken ct = default) where TState : class =>
        _retry.RunAsync(async () =>
        {
            var stored = await _database.ReadAsync(session => SqliteEventRows.ReadSnapshot(session, stream), ct).ConfigureAwait(false);
            return await _codec.DecodeAsync<TState>(stored, ct).ConfigureAwait(false);
        }, ct);

    public Task WriteSnapshotAsync<TState>(Snapshot<TState> snapshot, CancellationToken ct = default) where TState : class =>
        _retry.RunAsync(async () =>
        {
            var stored = await _codec.EncodeAsync(snapshot, ct).ConfigureAwait(false);
            return await _database.WriteAsync(session => session.Statement(WriteSnapshot)
                .Bind(1, stored.Stream.Category)
                .Bind(2, stored.Stream.Id)
                .Bind(3, stored.Version)
                .Bind(4, stored.SchemaHash)
                .Bind(5, stored.SubjectId)
                .BindUtf8(6, stored.Data.Span)
                .Execute(), ct).ConfigureAwait(false);
        }, ct);

    /// <summary>Commits what is queued and closes the file.</summary>
    public void Dispose()
    {
        _database.Dispose();
        _master.Dispose();
    }

    static long Head(SqliteSession session) => session.Statement(ReadHead).FirstOrDefault(row => row.GetInt64(0));

    Task<IReadOnlyList<RecordedEvent>> ReadEventsAsync(Func<SqliteSession, List<StoredEvent>> query, CancellationToken ct) =>
        _retry.RunAsync(async () =>
        {
            var stored = await _database.ReadAsync(query, ct).ConfigureAwait(false);
            return await _codec.DecodeAsync(stored, ct).ConfigureAwait(false);
        }, ct);
}
