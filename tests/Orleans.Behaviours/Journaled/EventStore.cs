using System.Collections.Concurrent;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Journaled;

/// <summary>The stores of all journaled grains, by key.</summary>
public static class EventStores
{
    public const string Provider = "events";

    private static readonly ConcurrentDictionary<string, EventStore> s_all = new(StringComparer.Ordinal);

    public static EventStore Of(string key) => s_all.GetOrAdd(key, static _ => new EventStore());
}

/// <summary>The events of one grain, and the trouble that a test orders.</summary>
public sealed class EventStore
{
    private readonly Lock _lock = new();
    private readonly List<CounterEvent> _events = [];
    private readonly List<int> _batches = [];
    private int _running;

    /// <summary>So many calls throw without doing anything.</summary>
    public int FailingReads { get; set; }

    /// <inheritdoc cref="FailingReads"/>
    public int FailingWrites { get; set; }

    /// <summary>So many writes throw after they have stored.</summary>
    public int LostReplies { get; set; }

    /// <summary>Where reads and writes wait.</summary>
    public Gate? Gate { get; set; }

    public int MostCallsAtOnce { get; private set; }

    public IReadOnlyList<CounterEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>How many events each write that stored any has stored.</summary>
    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_lock)
                return [.. _batches];
        }
    }

    /// <summary>Somebody else writes.</summary>
    public void AppendFromElsewhere(CounterEvent @event)
    {
        lock (_lock)
            _events.Add(@event);
    }

    public async Task<IReadOnlyList<CounterEvent>> ReadAsync()
    {
        await EnterAsync();
        try
        {
            if (FailingReads-- > 0)
                throw new IOException("The store can't be read.");
            return Events;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async Task<bool> AppendAsync(IReadOnlyList<CounterEvent> events, int expectedVersion)
    {
        await EnterAsync();
        try
        {
            if (FailingWrites-- > 0)
                throw new IOException("The store can't be written.");
            lock (_lock)
            {
                if (_events.Count != expectedVersion)
                    return false;
                _events.AddRange(events);
                _batches.Add(events.Count);
            }

            if (LostReplies-- > 0)
                throw new IOException("The reply is lost.");
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task EnterAsync()
    {
        MostCallsAtOnce = Math.Max(MostCallsAtOnce, Interlocked.Increment(ref _running));
        if (Gate is { } gate)
            await gate.PassAsync();
        await Task.Yield();
    }
}
