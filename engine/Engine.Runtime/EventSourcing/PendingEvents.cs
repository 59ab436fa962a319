using System.Runtime.InteropServices;

namespace Orleans.EventSourcing.CustomStorage;

/// <summary>The raised events that are not yet stored, in order.</summary>
internal sealed class PendingEvents<TEvent> where TEvent : class
{
    private const int Unconditional = -1;

    private readonly List<Entry> _entries = new(0);
    private Waiter? _firstWaiter;
    private Waiter? _lastWaiter;
    private long _raised;

    public int Count => _entries.Count;

    public void Add(TEvent @event)
    {
        _entries.Add(new(@event, Unconditional, null));
        _raised++;
    }

    /// <summary>Adds an event with the version at which it must be stored, and, for the last of a batch, who waits for the decision.</summary>
    public void AddConditional(TEvent @event, int version, TaskCompletionSource<bool>? decided)
    {
        _entries.Add(new(@event, version + _entries.Count, decided));
        _raised++;
    }

    public TEvent[] ToArray()
    {
        var events = new TEvent[_entries.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = _entries[i].Event;
        return events;
    }

    /// <summary>Completes when all that is queued now has been stored, or refused.</summary>
    public Task WhenSettled()
    {
        if (_entries.Count == 0)
            return Task.CompletedTask;
        if (_lastWaiter is { } last && last.UpTo == _raised)
            return last.Task;

        var waiter = new Waiter(_raised);
        if (_lastWaiter is null)
            _firstWaiter = waiter;
        else
            _lastWaiter.Next = waiter;
        _lastWaiter = waiter;
        return waiter.Task;
    }

    /// <summary>The first events are stored.</summary>
    public void Settle(int count)
    {
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries)[..count])
            entry.Decided?.TrySetResult(true);
        _entries.RemoveRange(0, count);
        ReleaseWaiters();
    }

    /// <summary>Refuses the conditional events from the first on whose position is no longer the one it was raised for.</summary>
    /// <returns>How many were refused.</returns>
    public int RefuseStale(int version)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        var kept = 0;
        var stale = false;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            stale |= entry.Position != Unconditional && entry.Position != version + i;
            if (stale && entry.Position != Unconditional)
                entry.Decided?.TrySetResult(false);
            else
                entries[kept++] = entry;
        }

        var refused = entries.Length - kept;
        _entries.RemoveRange(kept, refused);
        if (kept == 0)
            ReleaseWaiters();
        return refused;
    }

    /// <summary>Nothing of what is queued will be stored by this activation.</summary>
    public void Abandon()
    {
        foreach (ref readonly var entry in CollectionsMarshal.AsSpan(_entries))
            entry.Decided?.TrySetCanceled();
        _entries.Clear();
        for (var waiter = _firstWaiter; waiter is not null; waiter = waiter.Next)
            waiter.TrySetCanceled();
        _firstWaiter = _lastWaiter = null;
    }

    private void ReleaseWaiters()
    {
        // Whenever this is called the entries left are the newest ones, so that everything before them is settled.
        var settled = _raised - _entries.Count;
        while (_firstWaiter is { } waiter && waiter.UpTo <= settled)
        {
            waiter.TrySetResult();
            _firstWaiter = waiter.Next;
        }

        if (_firstWaiter is null)
            _lastWaiter = null;
    }

    private readonly record struct Entry(TEvent Event, int Position, TaskCompletionSource<bool>? Decided);

    private sealed class Waiter(long upTo) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long UpTo => upTo;
        public Waiter? Next { get; set; }
    }
}
