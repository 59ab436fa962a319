using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.ReadModels.Projections;
using Crescent.Silo.Consumers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Sweeper;

/// <summary>
/// Sweeps every few seconds, in the silo that holds the lease. The first sweep of a term waits until the due table shows
/// what whoever had the lease before left behind, and then takes every saga for left alone: the silo that ran it may be
/// gone, and one that still runs it joins the call to its run.
/// </summary>
internal sealed partial class SweeperService(
    Sweep sweep, IEventStore store, ProjectionProgress progress, LeaseKeeper leases, IOptions<SweeperOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<SweeperService> logger) : BackgroundService
{
    private const string LeaseName = "sweeper";

    private readonly ILogger _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await lifetime.WhenStartedAsync(stoppingToken))
            await leases.RunAsync(LeaseName, (_, held) => SweepAsync(held), stoppingToken);
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
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
        if (!await progress.WaitForAsync(ProjectionNames.Due, head, options.Value.CatchUpTimeout, ct))
            LogBehind(head);
    }
}
