namespace Crescent.EventStore.Sqlite;

/// <summary>
/// A bounded queue between asynchronous callers and dedicated threads: producers await room, consumers block. A
/// producer is never continued on a consumer's thread.
/// </summary>
sealed class WorkQueue<T>(int capacity) : IDisposable
{
    readonly SemaphoreSlim _room = new(capacity);
    readonly Queue<T> _items = [];
    readonly object _gate = new();
    bool _closed;

    public async ValueTask EnqueueAsync(T item, CancellationToken ct)
    {
        // The uncontended way costs no task.
        if (!_room.Wait(0, ct)) await _room.WaitAsync(ct).ConfigureAwait(false);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _items.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for items and takes at most <paramref name="max"/> of them; false once closed and drained.</summary>
    public bool Take(List<T> into, int max)
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed) Monitor.Wait(_gate);
            while (into.Count < max && _items.TryDequeue(out var item)) into.Add(item);
        }

        if (into.Count > 0) _room.Release(into.Count);
        return into.Count > 0;
    }

    /// <summary>Refuses further items; consumers still get what is queued.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _room.Dispose();
}
