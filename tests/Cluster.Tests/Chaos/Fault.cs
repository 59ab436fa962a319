using System.Text;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>Something that goes wrong and is put right again.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Lasts">How long it is left so.</param>
internal abstract record Fault(string Name, TimeSpan Lasts)
{
    /// <summary>Injects it, and heals what nobody else would.</summary>
    /// <returns>What it hit.</returns>
    public abstract Task<string> RunAsync(FaultContext context, CancellationToken ct);

    protected async Task<string> StayAsync(FaultContext context, string target, CancellationToken ct)
    {
        await context.Clock.PauseAsync(Lasts, ct);
        return target;
    }
}

internal sealed record FaultContext(LocalCluster Cluster, Supervisor Supervisor, RunClock Clock);

/// <summary>SIGKILL; the supervisor starts it again.</summary>
internal sealed record KillPart(string Kind, string Part) : Fault($"kill -9 of {Kind}", TimeSpan.Zero)
{
    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        // It may still be on its way back from the fault before.
        await Eventually.TrueAsync(() => Task.FromResult(context.Cluster.ProcessOf(Part) is not null), ct);
        await context.Cluster.KillAsync(Part);
        return Part;
    }
}

/// <summary>SIGKILL of the one silo that publishes the log.</summary>
internal sealed record KillRelaySilo() : Fault("kill -9 of the relay's silo", TimeSpan.Zero)
{
    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        var silo = await Eventually.GetAsync(() => RelaySilo.FindAsync(context.Cluster), static found => found is not null, ct);
        await context.Cluster.KillAsync(silo!);
        return silo!;
    }
}

/// <summary>SIGSTOP, and later SIGCONT to a silo that the others have given up.</summary>
internal sealed record FreezeSilo(string Silo, TimeSpan Lasts) : Fault("SIGSTOP of a silo", Lasts)
{
    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        context.Cluster.Freeze(Silo);
        try
        {
            return await StayAsync(context, Silo, ct);
        }
        finally
        {
            context.Cluster.Thaw(Silo);
        }
    }
}

/// <summary>PostgreSQL goes as in a crash, and comes back.</summary>
internal sealed record StopPostgres(string Title, TimeSpan Lasts) : Fault(Title, Lasts)
{
    const string Postgres = "postgres";

    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        await context.Cluster.KillAsync(Postgres);
        try
        {
            return await StayAsync(context, Postgres, ct);
        }
        finally
        {
            await context.Cluster.StartAsync(Postgres);
        }
    }
}

/// <summary>Appends are carried out and never answered: the connection breaks in between.</summary>
internal sealed record CutAppends(TimeSpan Lasts) : Fault("connections cut after an append", Lasts)
{
    /// <summary>Part of the type of events that every saga appends again and again.</summary>
    static readonly byte[] Mark = Encoding.UTF8.GetBytes("saga.step_");

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        var until = context.Clock.Now + Lasts;
        var cuts = await Task.WhenAll(LocalCluster.Silos.Select(silo => CutAsync(context.Cluster.Proxy(silo), until, context.Clock, ct)));
        return $"{cuts.Sum()} connections";
    }

    static async Task<int> CutAsync(CutProxy proxy, TimeSpan until, RunClock clock, CancellationToken ct)
    {
        var cuts = 0;
        var cut = Task.CompletedTask;
        while (clock.Now < until)
        {
            if (cut.IsCompleted)
                cut = proxy.ArmAsync(Mark, Break.AfterForwarding);
            await clock.PauseAsync(Pause, ct);
            if (cut.IsCompleted)
                cuts++;
        }

        proxy.Heal();
        return cuts;
    }
}

/// <summary>Nobody is left who knew anything.</summary>
internal sealed record KillAllSilos() : Fault("full stop of all silos", TimeSpan.Zero)
{
    public override async Task<string> RunAsync(FaultContext context, CancellationToken ct)
    {
        await context.Cluster.KillSilosAsync();
        return string.Join(", ", LocalCluster.Silos);
    }
}
