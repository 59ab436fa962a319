using System.Threading.Channels;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// Group commit, one appender per process: takes whatever waits, commits it in one round trip, answers; meanwhile the
/// next group gathers. No timer, one commit in flight. Appenders of other processes take turns on the log's head.
/// </summary>
sealed class PostgresAppender(PostgresDatabase database, PostgresEventStoreOptions options, StoreRetry retry, LogSignal signal, CommitMetrics metrics)
{
    readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });

    /// <summary>Taken from the queue, but for a stream that the group already has; they come first in the next one.</summary>
    readonly List<PendingAppend> _postponed = [];
    readonly List<PendingAppend> _group = [];
    readonly HashSet<StreamName> _streams = [];
    AppendCommand? _command;

    /// <summary>Waits for room and hands the append over; it answers by its task.</summary>
    public async ValueTask EnqueueAsync(PendingAppend append, CancellationToken ct)
    {
        try
        {
            await _queue.Writer.WriteAsync(append, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(PostgresAppender));
        }
    }

    /// <summary>Refuses further appends; <see cref="RunAsync"/> commits what is queued and ends.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>Runs until closed and drained.</summary>
    public async Task RunAsync()
    {
        while (_postponed.Count > 0 || await _queue.Reader.WaitToReadAsync())
        {
            Gather();
            await CommitGroupAsync();
        }

        await DropCommandAsync();
    }

    void Gather()
    {
        _group.Clear();
        _streams.Clear();
        var events = 0;
        var waiting = _postponed.ToList();
        _postponed.Clear();
        foreach (var append in waiting) Take(append, ref events);
        while (HasRoom(events) && _postponed.Count < options.QueueCapacity && _queue.Reader.TryRead(out var append)) Take(append, ref events);
    }

    bool HasRoom(int events) => _group.Count < options.MaxAppendsPerCommit && events < options.MaxEventsPerCommit;

    /// <summary>A stream has one append per group, so that each is checked against what stands.</summary>
    void Take(PendingAppend append, ref int events)
    {
        var fits = _group.Count == 0 || HasRoom(events) && events + append.Events.Length <= options.MaxEventsPerCommit;
        if (!_streams.Add(append.Request.Stream) || !fits)
        {
            _postponed.Add(append);
            return;
        }

        _group.Add(append);
        events += append.Events.Length;
    }

    async Task CommitGroupAsync()
    {
        try
        {
            await CommitAsync(_group);
        }
        catch (EventStoreUnavailableException e)
        {
            _group.ForEach(append => append.Fail(e));
            FailWaiting(e);
        }
        catch (Exception e)
        {
            // The database does not take something in it: each one gets its own transaction to show which it was.
            if (_group.Count == 1) _group[0].Fail(e);
            else foreach (var append in _group) await CommitAloneAsync(append);
        }
    }

    async Task CommitAloneAsync(PendingAppend append)
    {
        try
        {
            await CommitAsync([append]);
        }
        catch (Exception e)
        {
            append.Fail(e);
        }
    }

    async Task CommitAsync(List<PendingAppend> appends)
    {
        var started = metrics.Start();
        // A further try submits the same batches, so those that were committed before the trouble are found, not doubled.
        var results = await retry.RunAsync(() => TryCommitAsync(appends), CancellationToken.None);
        metrics.Committed(started, appends.Count);
        signal.Publish(results.OfType<AppendResult.Appended>().Select(appended => appended.LastPosition).DefaultIfEmpty().Max());
        for (var i = 0; i < results.Length; i++) appends[i].Complete(results[i]);
    }

    async Task<AppendResult[]> TryCommitAsync(List<PendingAppend> appends)
    {
        try
        {
            // Not cancellable: giving up would hide the outcome. The timeouts of the connection bound it.
            _command ??= await AppendCommand.PrepareAsync(database, CancellationToken.None);
            return await _command.ExecuteAsync(appends, CancellationToken.None);
        }
        catch
        {
            await DropCommandAsync();
            throw;
        }
    }

    /// <summary>Whoever waited behind a group that could not be committed would only learn the same later.</summary>
    void FailWaiting(EventStoreUnavailableException reason)
    {
        _postponed.ForEach(append => append.Fail(reason));
        _postponed.Clear();
        for (var waiting = _queue.Reader.Count; waiting > 0 && _queue.Reader.TryRead(out var append); waiting--) append.Fail(reason);
    }

    async Task DropCommandAsync()
    {
        if (_command is null) return;
        await _command.DisposeAsync();
        _command = null;
    }
}
