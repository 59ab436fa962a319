using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Consumers;

internal static class HostLifetimes
{
    /// <summary>Waits until the host, and with it the silo, has started: before, grains can't be called. False if it stops first.</summary>
    public static async Task<bool> WhenStartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var onStopping = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
