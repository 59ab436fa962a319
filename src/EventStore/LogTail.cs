namespace Crescent.EventStore;

/// <summary>
/// The newest events, read and decoded once for all consumers of this process. Who is further behind than the bounded
/// window reads the store itself, and finds the window once it has caught up. What is personal in an event stays in the
/// window as it was read; whoever stores it encrypts it again, which a destroyed key no longer does.
/// </summary>
public sealed class LogTail(IEventStore store, int capacity = LogTail.DefaultCapacity, int readBatch = LogTail.DefaultReadBatch) : ILogReader
{
    /// <summary>Events kept, beyond which the oldest leave.</summary>
    public const int DefaultCapacity = 4096;

    /// <summary>Events read at once.</summary>
    public const int DefaultReadBatch = 500;

    readonly Lock _gate = new();
    readonly List<RecordedEvent> _window = [];

    /// <summary>The last position in the window; negative until a reader has reached the head.</summary>
    long _last = -1;
    Task? _reading;

    public async Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default)
    {
        for (var hasRead = false; ; hasRead = true)
        {
            Task reading;
            lock (_gate)
            {
                if (!Covers_NeedsLock(afterPosition)) break;
                var index = _window.Count - (int)(_last - afterPosition);
                if (index < _window.Count || hasRead) return _window.GetRange(index, Math.Min(maxCount, _window.Count - index));
                reading = _reading ??= ReadNextAsync(_last);
            }

            await reading.WaitAsync(ct);
        }

        var events = await store.ReadLogAsync(afterPosition, maxCount, ct);
        if (events.Count < maxCount) Begin(afterPosition, events);
        return events;
    }

    bool Covers_NeedsLock(long afterPosition) => _last >= 0 && afterPosition <= _last && afterPosition >= _last - _window.Count;

    /// <summary>A reader has seen the head: from here on the window follows it.</summary>
    void Begin(long afterPosition, IReadOnlyList<RecordedEvent> events)
    {
        lock (_gate)
        {
            if (_last >= 0) return;
            _last = afterPosition;
            Add_NeedsLock(events);
        }
    }

    async Task ReadNextAsync(long after)
    {
        // Off the lock it is called under.
        await Task.Yield();
        try
        {
            var events = await store.ReadLogAsync(after, readBatch);
            lock (_gate) Add_NeedsLock(events);
        }
        finally
        {
            lock (_gate) _reading = null;
        }
    }

    void Add_NeedsLock(IReadOnlyList<RecordedEvent> events)
    {
        _window.AddRange(events);
        if (events.Count > 0) _last = events[^1].Position;
        // Rarely and much instead of often and little: what is kept moves to the front of the list.
        if (_window.Count > 2 * capacity) _window.RemoveRange(0, _window.Count - capacity);
    }
}
