using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Checks;
using Crescent.Cluster.Tests.Clusters;
using Crescent.Cluster.Tests.Load;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>One run: load, faults by the schedule, and afterwards the checks.</summary>
internal sealed class ChaosRun(ClusterCrescent host, ChaosForm form)
{
    const int Readers = 4;

    /// <summary>How long a supervisor leaves a dead part down.</summary>
    static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly RunClock _clock = new();
    readonly History _history = new();
    readonly List<Injected> _injected = [];

    public async Task<ChaosReport> RunAsync(CancellationToken ct)
    {
        var shoppers = await Shoppers.CreateAsync(host);
        var offset = _clock.Now;
        await using (var supervisor = new Supervisor(host.Cluster, _clock, RestartPause))
        {
            using var client = new LoadClient(host.BaseAddress, _clock, _history);
            var end = offset + form.Load;
            await Task.WhenAll(
                new OrderLoad(client, new OrderPlan(form.Seed), shoppers, _clock, _history).RunAsync(form.OrdersPerSecond, end, end + ChaosForm.Recovery, ct),
                new ReadLoad(client, shoppers, _clock, _history).RunAsync(Readers, end, ct),
                new StockLoad(client, shoppers, host.Token(ApiHost.Auth.Clients.Admin, ApiHost.Auth.Roles.Admin), _clock).RunAsync(form.Seed, end, ct),
                InjectAsync(offset, supervisor, ct));
            var settled = await SettleAsync(ct);
            var log = await StoredLog.ReadAsync(host.Cluster);
            return new ChaosReport(form, offset, _injected, _history, log, supervisor.Restarts, settled, await CheckAsync(log, shoppers, ct));
        }
    }

    async Task InjectAsync(TimeSpan offset, Supervisor supervisor, CancellationToken ct)
    {
        var context = new FaultContext(host.Cluster, supervisor, _clock);
        foreach (var scheduled in ChaosSchedule.Create(form))
        {
            await _clock.UntilAsync(offset + scheduled.At, ct);
            var at = _clock.Now;
            var target = await scheduled.Fault.RunAsync(context, ct);
            _injected.Add(new Injected(scheduled.Fault, target, at, _clock.Now));
        }
    }

    /// <summary>Waits until every order has ended and nothing happens any more, the bound at most.</summary>
    /// <returns>How long after the last fault that was.</returns>
    async Task<TimeSpan> SettleAsync(CancellationToken ct)
    {
        var healed = _injected.Max(fault => fault.HealedAt);
        var head = -1L;
        await LookAsync(
            () => StoredLog.ReadAsync(host.Cluster),
            log =>
            {
                var isQuiet = log.Head == head;
                head = log.Head;
                return isQuiet && log.Orders().All(order => order.HasEnded);
            },
            healed + ChaosForm.Recovery,
            ct);
        return _clock.Now - healed;
    }

    async Task<IReadOnlyList<CheckResult>> CheckAsync(StoredLog log, Shoppers shoppers, CancellationToken ct) =>
    [
        .. await OrdersCheck.RunAsync(log, _history, shoppers, host),
        .. await StockCheck.RunAsync(log, host),
        MoneyCheck.Run(log, host),
        .. LogCheck.Run(log),
        .. await CheckReadModelsAsync(log, ct),
    ];

    /// <summary>Read models follow the log; by now they have had their time.</summary>
    async Task<IReadOnlyList<CheckResult>> CheckReadModelsAsync(StoredLog log, CancellationToken ct)
    {
        await using var rebuild = new RebuildCheck(host);
        var reached = await rebuild.BuildAsync(ct);
        return await LookAsync<IReadOnlyList<CheckResult>>(
            async () => [.. await ReadModelCheck.RunAsync(log, host), await rebuild.CompareAsync(reached, ct)],
            static checks => checks.All(check => check.Holds),
            _clock.Now + ChaosForm.ReadModelLag,
            ct);
    }

    /// <summary>Looks again and again until it is as wanted or the time has come, and answers what was seen last.</summary>
    async Task<T> LookAsync<T>(Func<Task<T>> read, Func<T, bool> isWanted, TimeSpan until, CancellationToken ct)
    {
        while (true)
        {
            var value = await read();
            if (isWanted(value) || _clock.Now >= until)
                return value;
            await _clock.PauseAsync(Interval, ct);
        }
    }
}
