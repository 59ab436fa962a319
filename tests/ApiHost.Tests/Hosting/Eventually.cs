using System.Diagnostics;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>Waits for what can only be seen from outside by looking again.</summary>
public static class Eventually
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads until the value is as wanted; fails with the last one seen when the bound is over.</summary>
    public static async Task<T> Get<T>(Func<Task<T>> read, Func<T, bool> isWanted, TimeSpan? bound = null)
    {
        var start = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        while (true)
        {
            var value = await read();
            if (isWanted(value))
                return value;
            if (Stopwatch.GetElapsedTime(start) > (bound ?? Bound))
                Assert.Fail($"After {bound ?? Bound} this is still not what was waited for: {value}");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
