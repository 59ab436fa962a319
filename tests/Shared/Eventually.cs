using System.Diagnostics;

namespace Crescent.Testing;

/// <summary>Looks again and again, for as long as a test may take, where nothing tells when it has happened.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(s_pause);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > s_limit)
                throw new TimeoutException($"It did not happen within {s_limit}.");
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
