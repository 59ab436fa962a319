using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>Which fault comes when: a function of the form and its seed.</summary>
internal static class ChaosSchedule
{
    public static IReadOnlyList<ScheduledFault> Create(ChaosForm form)
    {
        var random = new Random(form.Seed);
        Fault[] faults =
        [
            new KillPart("a silo", random.GetItems(LocalCluster.Silos, 1)[0]),
            new KillPart("an API host", random.GetItems(LocalCluster.ApiHosts, 1)[0]),
            new KillRelaySilo(),
            new FreezeSilo(random.GetItems(LocalCluster.Silos, 1)[0], form.Freeze),
            new StopPostgres("PostgreSQL restarted, immediate mode", TimeSpan.Zero),
            new StopPostgres("PostgreSQL away", form.WithoutPostgres),
            new CutAppends(form.Cuts),
            new KillAllSilos(),
        ];
        random.Shuffle(faults);

        // What the faults themselves do not take is shared between the pauses after them.
        var rest = (form.Load - (2 * ChaosForm.Quiet) - TimeSpan.FromTicks(faults.Sum(fault => fault.Lasts.Ticks))) / faults.Length;
        var schedule = new List<ScheduledFault>();
        var at = ChaosForm.Quiet;
        foreach (var fault in faults)
        {
            schedule.Add(new ScheduledFault(at + (rest * random.NextDouble() / 4), fault));
            at += fault.Lasts + rest;
        }

        return schedule;
    }
}

internal sealed record ScheduledFault(TimeSpan At, Fault Fault);

/// <summary>A fault as it happened.</summary>
internal sealed record Injected(Fault Fault, string Target, TimeSpan At, TimeSpan HealedAt);
