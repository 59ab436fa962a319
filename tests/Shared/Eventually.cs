using System.Diagnostics;

namespace Crescent.Testing;

/// <summary>Looks again and again, for as long as a test may take, where nothing tells when it has happened.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<Task<bool>> condition, CancellationToken ct) => GetAsync(condition, static holds => holds, ct);

    /// <summary>What is read as soon as it is as wanted; a failure names what was read last.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> isWanted, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(s_pause);
        while (true)
        {
            var value = await read();
            if (isWanted(value))
                return value;
            if (Stopwatch.GetElapsedTime(started) > s_limit)
                throw new TimeoutException($"It did not happen within {s_limit}; last seen: {value}");
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
