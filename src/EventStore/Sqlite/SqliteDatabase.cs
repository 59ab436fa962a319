namespace Crescent.EventStore.Sqlite;

/// <summary>
/// One SQLite file: write-ahead log, flushed commits, deleted content overwritten. One thread writes (what waits is
/// committed together), a few threads read; callers never block a thread of the pool.
/// </summary>
public sealed class SqliteDatabase : IDisposable
{
    const string BeginRead = "BEGIN";
    const string EndRead = "COMMIT";

    readonly SqliteDatabaseOptions _options;
    readonly WorkQueue<SqliteWork> _writes;
    readonly WorkQueue<SqliteWork> _reads;
    readonly List<Thread> _threads = [];

    SqliteDatabase(SqliteDatabaseOptions options, TimeProvider time)
    {
        _options = options;
        _writes = new WorkQueue<SqliteWork>(options.QueueCapacity);
        _reads = new WorkQueue<SqliteWork>(options.QueueCapacity);
        var sessions = OpenSessions();
        var file = Path.GetFileName(options.Path);
        StartThread($"{file} writer", () => WriteLoop(sessions[0], new CommitMetrics(file, time)));
        for (var i = 1; i < sessions.Count; i++)
        {
            var reader = sessions[i];
            StartThread($"{file} reader {i}", () => ReadLoop(reader));
        }
    }

    /// <summary>The database file.</summary>
    public string FilePath => _options.Path;

    /// <summary>Opens the file, makes its settings and checks that they hold.</summary>
    /// <param name="time">Measures the commits; the system's clock if none is given.</param>
    /// <exception cref="SqliteErrorException">The file cannot be opened, or a setting does not hold.</exception>
    public static SqliteDatabase Open(SqliteDatabaseOptions options, TimeProvider? time = null)
    {
        options.Validate();
        return new SqliteDatabase(options, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Brings one component's tables up to date, at start: runs the embedded scripts <c>Migrations/NNNN-name.sql</c>
    /// beside <paramref name="neighbour"/> that have not run yet, each in a transaction of its own.
    /// </summary>
    /// <exception cref="SchemaTooNewException">A newer release has already written this file.</exception>
    public void Migrate(string component, Type neighbour) =>
        Initialize(session => SqliteMigrations.Apply(session, FilePath, component, neighbour));

    /// <summary>Runs a query on a reader, on one consistent state of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken ct = default)
    {
        var work = new SqliteWork<T>(query, ct);
        await _reads.EnqueueAsync(work, ct).ConfigureAwait(false);
        return await work.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Runs work on the writer and completes when it is committed and flushed. Work that waits at the same time shares
    /// one commit; one that throws is undone alone. It may run more than once before it is committed, so it changes
    /// nothing but the database.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken ct = default)
    {
        var queued = new SqliteWork<T>(work, ct);
        await _writes.EnqueueAsync(queued, ct).ConfigureAwait(false);
        return await queued.Task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteSession> work, CancellationToken ct = default) =>
        WriteAsync(session =>
        {
            work(session);
            return true;
        }, ct);

    /// <summary>
    /// Empties the write-ahead log, so that overwritten content is in no file any more; false if a running query still
    /// needs a part of it.
    /// </summary>
    public async Task<bool> CheckpointAsync(CancellationToken ct = default)
    {
        var work = new SqliteCheckpointWork();
        await _writes.EnqueueAsync(work, ct).ConfigureAwait(false);
        return await work.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes what is queued and closes the file.</summary>
    public void Dispose()
    {
        _writes.Close();
        _reads.Close();
        foreach (var thread in _threads) thread.Join();
        _writes.Dispose();
        _reads.Dispose();
    }

    /// <summary>Runs work at start, before anybody else uses the file, on a connection of its own.</summary>
    internal void Initialize(Action<SqliteSession> work)
    {
        using var session = OpenSession();
        work(session);
    }

    internal ValueTask EnqueueAsync(SqliteWork work, CancellationToken ct) => _writes.EnqueueAsync(work, ct);

    /// <summary>The writer's and the readers'.</summary>
    List<SqliteSession> OpenSessions()
    {
        var sessions = new List<SqliteSession>();
        try
        {
            sessions.Add(OpenSession());
            // What a killed process left in the log goes into the file, and the log is emptied.
            sessions[0].ExecuteScript("PRAGMA wal_checkpoint(TRUNCATE)");
            while (sessions.Count <= _options.Readers)
            {
                sessions.Add(OpenSession());
                sessions[^1].ExecuteScript("PRAGMA query_only = ON");
            }

            return sessions;
        }
        catch
        {
            sessions.ForEach(session => session.Dispose());
            throw;
        }
    }

    SqliteSession OpenSession()
    {
        var session = new SqliteSession(_options.Path, _options.BusyTimeout);
        try
        {
            SqliteSettings.Apply(session, _options);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    void StartThread(string name, Action run)
    {
        var thread = new Thread(() => run()) { Name = name, IsBackground = true };
        _threads.Add(thread);
        thread.Start();
    }

    void WriteLoop(SqliteSession session, CommitMetrics metrics)
    {
        using (session)
        {
            var writer = new SqliteWriter(session, metrics);
            var queued = new List<SqliteWork>();
            while (_writes.Take(queued, _options.MaxWorkPerCommit))
            {
                writer.Process(queued);
                queued.Clear();
            }
        }
    }

    void ReadLoop(SqliteSession session)
    {
        using (session)
        {
            var queued = new List<SqliteWork>(1);
            while (_reads.Take(queued, 1))
            {
                Read(session, queued[0]);
                queued.Clear();
            }
        }
    }

    static void Read(SqliteSession session, SqliteWork work)
    {
        try
        {
            work.CancellationToken.ThrowIfCancellationRequested();
            session.Statement(BeginRead).Execute();
            try
            {
                work.Run(session);
            }
            finally
            {
                session.ResetStatements();
                if (session.InTransaction) session.Statement(EndRead).Execute();
            }

            work.Complete();
        }
        catch (Exception e)
        {
            work.Fail(e);
        }
    }
}
