using System.Diagnostics;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>The time of one run, by which its load and its faults are paced.</summary>
internal sealed class RunClock
{
    readonly long _started = Stopwatch.GetTimestamp();

    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    public Task PauseAsync(TimeSpan length, CancellationToken ct) => UntilAsync(Now + length, ct);

    public async Task UntilAsync(TimeSpan moment, CancellationToken ct)
    {
        var left = moment - Now;
        if (left <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(left);
        await timer.WaitForNextTickAsync(ct);
    }
}
