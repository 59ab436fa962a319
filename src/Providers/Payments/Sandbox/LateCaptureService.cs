using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crescent.Providers.Payments.Sandbox;

/// <summary>
/// Takes the money of late captures when they are due, also of those an earlier process left behind. (Whoever asks the
/// ledger sees a due capture taken in any case; this makes it happen when nobody asks.)
/// </summary>
internal sealed partial class LateCaptureService(PaymentLedger ledger, TimeProvider time, ILogger<LateCaptureService> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var added = ledger.WhenLateAdded();
            var wait = await SettleAsync(stoppingToken);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(added, Task.Delay(wait, time, waiting.Token));
            await waiting.CancelAsync();
        }
    }

    /// <summary>How long until the next capture is due.</summary>
    private async Task<TimeSpan> SettleAsync(CancellationToken ct)
    {
        try
        {
            if (await ledger.SettleAsync(ct) is not { } due)
                return Timeout.InfiniteTimeSpan;
            var wait = due - time.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception e)
        {
            LogFailed(s_retryDelay, e);
            return s_retryDelay;
        }
    }
}
