using Crescent.EventStore;
using Crescent.ReadModels.Due;
using Crescent.ReadModels.Projections;
using Crescent.Silo.Consumers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Sweeper;

/// <summary>
/// Sweeps every few seconds. The first sweep waits until the due table shows what an earlier process left behind, and
/// then takes every saga for left alone: nobody else is running it.
/// </summary>
internal sealed partial class SweeperService(
    Sweep sweep, IEventStore store, ProjectionProgress progress, IOptions<SweeperOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<SweeperService> logger) : BackgroundService
{
    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await lifetime.WhenStartedAsync(stoppingToken)) return;
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isFirst) await CatchUpAsync(stoppingToken);
                await sweep.RunAsync(isFirst ? TimeSpan.Zero : options.Value.LeftAloneAfter, stoppingToken);
                isFirst = false;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogFailed(options.Value.Interval, e);
            }
            await Task.Delay(options.Value.Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUpAsync(CancellationToken ct)
    {
        var head = await store.ReadHeadAsync(ct);
        if (!await progress.WaitForAsync(DueProjection.ProjectionName, head, options.Value.CatchUpTimeout, ct))
            LogBehind(head);
    }
}
