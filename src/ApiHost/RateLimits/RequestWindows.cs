using System.Collections.Concurrent;

namespace Crescent.ApiHost.RateLimits;

/// <summary>What is left to a caller after a request.</summary>
/// <param name="Allowed">Whether this request may be served.</param>
/// <param name="Remaining">Requests left in the window.</param>
/// <param name="Reset">Time until the next window.</param>
internal readonly record struct Allowance(bool Allowed, int Remaining, TimeSpan Reset);

/// <summary>Counts requests per caller in windows that begin for all callers at once, so that one reset forgets them all.</summary>
internal sealed class RequestWindows(RateLimitOptions options, TimeProvider time)
{
    const string Others = "";

    readonly TimeSpan _length = TimeSpan.FromSeconds(options.WindowSeconds);
    Window _current = new(time.GetTimestamp());

    public Allowance Take(string caller)
    {
        var window = Current();
        var key = window.Counts.ContainsKey(caller) || window.Counts.Count < options.MaxCallers ? caller : Others;
        var count = window.Counts.AddOrUpdate(key, 1, static (_, n) => n == int.MaxValue ? n : n + 1);
        var reset = _length - time.GetElapsedTime(window.Start);
        return new Allowance(
            count <= options.Requests, Math.Max(0, options.Requests - count), reset > TimeSpan.Zero ? reset : TimeSpan.Zero);
    }

    Window Current()
    {
        var window = Volatile.Read(ref _current);
        if (time.GetElapsedTime(window.Start) < _length)
            return window;

        var next = new Window(time.GetTimestamp());
        var seen = Interlocked.CompareExchange(ref _current, next, window);
        return ReferenceEquals(seen, window) ? next : seen;
    }

    sealed class Window(long start)
    {
        public long Start { get; } = start;

        public ConcurrentDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);
    }
}
