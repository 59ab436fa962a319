namespace Crescent.EventStore.Postgres;

/// <summary>
/// What waits to be appended, bounded, and who commits it: whoever finds nobody at it begins, and goes on until nothing
/// waits.
/// </summary>
sealed class AppendQueue(PostgresEventStoreOptions options) : IDisposable
{
    readonly Lock _gate = new();
    readonly SemaphoreSlim _room = new(options.QueueCapacity);
    readonly HashSet<StreamName> _streams = [];
    readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    List<PendingAppend> _waiting = [];
    List<PendingAppend> _postponed = [];
    bool _busy;
    bool _closed;

    /// <summary>Completes when it is closed and everything has been taken and answered.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Waits for room and adds the append; true if the caller is to commit now.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public async ValueTask<bool> AddAsync(PendingAppend append, CancellationToken ct)
    {
        // The uncontended way costs no task.
        if (!_room.Wait(0, ct)) await _room.WaitAsync(ct);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _waiting.Add(append);
            if (_busy) return false;
            return _busy = true;
        }
    }

    /// <summary>
    /// Takes the next group: in order, but a stream's second append waits for the next one, so that each is checked
    /// against what stands. False if nothing waits: then the caller's turn has ended.
    /// </summary>
    public bool TakeGroup(List<PendingAppend> group)
    {
        group.Clear();
        lock (_gate)
        {
            if (EndTurn_NeedsLock()) return false;
            _streams.Clear();
            var events = 0;
            foreach (var append in _waiting)
            {
                if (HasRoom(group, events, append) && _streams.Add(append.Request.Stream))
                {
                    group.Add(append);
                    events += append.Events.Length;
                }
                else
                {
                    // Nor may a later one of its stream go first.
                    _streams.Add(append.Request.Stream);
                    _postponed.Add(append);
                }
            }

            (_waiting, _postponed) = (_postponed, _waiting);
            _postponed.Clear();
        }

        _room.Release(group.Count);
        return true;
    }

    /// <summary>Ends the caller's turn if nothing waits.</summary>
    public bool EndTurn()
    {
        lock (_gate) return EndTurn_NeedsLock();
    }

    /// <summary>Takes everything that waits, to be refused.</summary>
    public List<PendingAppend> TakeAll()
    {
        List<PendingAppend> all;
        lock (_gate)
        {
            all = _waiting;
            _waiting = [];
        }

        if (all.Count > 0) _room.Release(all.Count);
        return all;
    }

    /// <summary>Refuses further appends; what waits is still committed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            if (!_busy) _drained.TrySetResult();
        }
    }

    public void Dispose() => _room.Dispose();

    bool EndTurn_NeedsLock()
    {
        if (_waiting.Count > 0) return false;
        _busy = false;
        if (_closed) _drained.TrySetResult();
        return true;
    }

    bool HasRoom(List<PendingAppend> group, int events, PendingAppend append) => group.Count == 0
        || group.Count < options.MaxAppendsPerCommit && events + append.Events.Length <= options.MaxEventsPerCommit;
}
