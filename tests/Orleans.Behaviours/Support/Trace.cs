using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Orleans.Behaviours.Support;

/// <summary>What has happened, in order, as grains and silo wrote it down for a test in the same process.</summary>
public sealed class Trace
{
    private static readonly ConcurrentDictionary<string, Trace> s_all = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly List<(Func<ImmutableList<string>, bool> Condition, TaskCompletionSource<ImmutableList<string>> Met)> _waiters = [];
    private ImmutableList<string> _entries = [];

    public ImmutableList<string> Entries
    {
        get
        {
            lock (_lock)
                return _entries;
        }
    }

    public static Trace Of(string name) => s_all.GetOrAdd(name, static _ => new Trace());

    public void Add(string entry)
    {
        lock (_lock)
        {
            _entries = _entries.Add(entry);
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Condition(_entries))
                {
                    _waiters[i].Met.TrySetResult(_entries);
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>The entries as soon as they fulfil a condition.</summary>
    public Task<ImmutableList<string>> When(Func<ImmutableList<string>, bool> condition)
    {
        lock (_lock)
        {
            if (condition(_entries))
                return Task.FromResult(_entries);
            var met = new TaskCompletionSource<ImmutableList<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, met));
            return met.Task.Soon();
        }
    }

    /// <summary>The entries as soon as there are that many.</summary>
    public Task<ImmutableList<string>> WhenCount(int count) => When(entries => entries.Count >= count);

    /// <summary>The entries as soon as one of them is this.</summary>
    public Task<ImmutableList<string>> WhenContains(string entry) => When(entries => entries.Contains(entry));
}
