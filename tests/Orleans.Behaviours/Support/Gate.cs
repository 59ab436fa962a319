using System.Collections.Concurrent;

namespace Orleans.Behaviours.Support;

/// <summary>Where a test and a grain meet, which run in one process: the grain waits at it until the test opens it.</summary>
public sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> s_all = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Gate(string name) => Name = name;

    public string Name { get; }

    /// <summary>Completes when somebody has reached the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>A gate that nobody else knows.</summary>
    public static Gate New() => Named(Guid.CreateVersion7().ToString("N"));

    /// <summary>The gate that was made under a name.</summary>
    public static Gate Named(string name) => s_all.GetOrAdd(name, static n => new Gate(n));

    public void Open() => _opened.TrySetResult();

    /// <summary>Says that the gate is reached and waits until it is open.</summary>
    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _opened.Task;
    }
}
