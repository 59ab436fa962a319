namespace Crescent.EventStore.Postgres;

/// <summary>
/// Group commit, one appender per process: takes whatever waits, commits it in one round trip, answers; meanwhile the
/// next group gathers. No timer, one commit in flight. Appenders of other processes take turns on the log's head.
/// </summary>
/// <remarks>
/// A caller that finds no commit in flight begins one on its own thread, which spares it two changes of threads. The
/// commits then go on without the caller, hence <c>ConfigureAwait(false)</c> throughout.
/// </remarks>
sealed class PostgresAppender(
    PostgresDatabase database, PostgresEventStoreOptions options, StoreRetry retry, LogSignal signal, PostgresAnnouncer announcer, CommitMetrics metrics)
    : IAsyncDisposable
{
    readonly AppendQueue _queue = new(options);
    readonly List<PendingAppend> _group = [];
    AppendCommand? _command;
    Task _committing = Task.CompletedTask;

    /// <summary>Waits for room and hands the append over; only the bounds of the appender end it from then on.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public async ValueTask<AppendResult> AppendAsync(PendingAppend append, CancellationToken ct)
    {
        if (await _queue.AddAsync(append, ct)) _committing = CommitAllAsync();
        return await append.Answer;
    }

    /// <summary>Refuses further appends; what is queued is still committed.</summary>
    public void Close() => _queue.Close();

    /// <summary>Waits until everything queued is answered, and gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _queue.Drained;
        await _committing;
        await DropCommandAsync();
        _queue.Dispose();
    }

    /// <summary>Never throws.</summary>
    async Task CommitAllAsync()
    {
        while (_queue.TakeGroup(_group))
        {
            var results = await TryCommitGroupAsync().ConfigureAwait(false);
            if (results is null) continue;
            if (_group is [var lone] && _queue.EndTurn())
            {
                // Somebody else may be committing by now.
                lone.Complete(results[0], here: true);
                return;
            }

            for (var i = 0; i < results.Length; i++) _group[i].Complete(results[i], here: false);
            // Behind them in the pool's queue: callers who come with their next append at once join this commit.
            await Task.Yield();
        }
    }

    /// <summary>Null if each append of the group has its answer already.</summary>
    async Task<AppendResult[]?> TryCommitGroupAsync()
    {
        try
        {
            return await CommitAsync(_group).ConfigureAwait(false);
        }
        catch (EventStoreUnavailableException e)
        {
            _group.ForEach(append => append.Fail(e));
            // Whoever waited behind it would only learn the same later.
            _queue.TakeAll().ForEach(append => append.Fail(e));
        }
        catch (Exception e)
        {
            // The database does not take something in it: each one gets its own transaction to show which it was.
            if (_group.Count == 1) _group[0].Fail(e);
            else foreach (var append in _group) await CommitAloneAsync(append).ConfigureAwait(false);
        }

        return null;
    }

    async Task CommitAloneAsync(PendingAppend append)
    {
        try
        {
            append.Complete((await CommitAsync([append]).ConfigureAwait(false))[0], here: false);
        }
        catch (Exception e)
        {
            append.Fail(e);
        }
    }

    async Task<AppendResult[]> CommitAsync(List<PendingAppend> appends)
    {
        var started = metrics.Start();
        // A further try submits the same batches, so those that were committed before the trouble are found, not doubled.
        var results = await retry.RunAsync(() => TryCommitAsync(appends), CancellationToken.None).ConfigureAwait(false);
        metrics.Committed(started, appends.Count);
        var head = results.OfType<AppendResult.Appended>().Select(appended => appended.LastPosition).DefaultIfEmpty().Max();
        signal.Publish(head);
        announcer.Publish(head);
        return results;
    }

    async Task<AppendResult[]> TryCommitAsync(List<PendingAppend> appends)
    {
        try
        {
            if (_command is { IsBroken: true }) await DropCommandAsync().ConfigureAwait(false);
            // Not cancellable: giving up would hide the outcome. The timeouts of the connection bound it.
            _command ??= await AppendCommand.PrepareAsync(database, options.KnownStreams, CancellationToken.None).ConfigureAwait(false);
            return await _command.ExecuteAsync(appends, CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            await DropCommandAsync().ConfigureAwait(false);
            throw;
        }
    }

    async Task DropCommandAsync()
    {
        if (_command is null) return;
        await _command.DisposeAsync().ConfigureAwait(false);
        _command = null;
    }
}
