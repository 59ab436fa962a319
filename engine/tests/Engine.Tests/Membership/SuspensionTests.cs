using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>Silos that can't reach the table, or were stopped for a while.</summary>
public sealed class SuspensionTests
{
    private static readonly TimeSpan s_detection = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Table_OutOfReachForAll_AllSuspendAndGoOnAndNobodyIsDeclaredDead(bool hangs)
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.TableHangs = hangs;
        cluster.CutTable(cluster.Silos);

        cluster.Run(TimeSpan.FromSeconds(20));
        Assert.All(cluster.Silos, silo => Assert.True(silo.Protocol.IsSuspended));
        Assert.All(cluster.Silos, silo => Assert.Single(silo.Seen.OfType<MembershipAction.TableLost>()));
        cluster.HealTable();

        cluster.RunUntil(() => !cluster.Silos.Exists(silo => silo.Protocol.IsSuspended), s_detection);
        cluster.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(3, cluster.Running.Count());
        Assert.All(cluster.Rows.Values, row => Assert.Empty(row.SuspectTimes ?? []));
        Assert.All(cluster.Silos, silo => Assert.Single(silo.Seen.OfType<MembershipAction.Suspend>()));
    }

    [Fact]
    public void Table_OutOfReachForAShortTime_NobodySuspends()
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.CutTable(cluster.Silos);

        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.HealTable();
        cluster.Run(TimeSpan.FromSeconds(10));

        Assert.All(cluster.Silos, silo => Assert.Empty(silo.Seen.OfType<MembershipAction.Suspend>()));
    }

    [Fact]
    public void Table_OutOfReachForOne_ThatOneIsSilentBeforeItIsDeclaredDeadAndEndsWhenItReadsSo()
    {
        var cluster = ClusterSimulation.Of(3);
        var lost = cluster.Silos[0];
        cluster.CutTable(lost);
        cluster.OnWrite = (_, operation) => Assert.True(operation is not TableOperation.Update { Entry.Status: SiloStatus.Dead } || lost.IsSilent);

        cluster.RunUntil(() => cluster.Rows[lost.Address].Status == SiloStatus.Dead, TimeSpan.FromSeconds(10));
        cluster.Run(TimeSpan.FromSeconds(10));
        Assert.Null(lost.Death);
        cluster.HealTable();

        cluster.RunUntil(() => lost.Death is not null, s_detection);
    }

    [Fact]
    public void Table_OutOfReachForOneWithoutOthers_ItGoesOnWhenTheTableIsBack()
    {
        var cluster = ClusterSimulation.Of(1);
        cluster.CutTable(cluster.Silos);
        cluster.RunUntil(() => cluster.Silos[0].Protocol.IsSuspended, s_detection);

        cluster.HealTable();

        cluster.RunUntil(() => !cluster.Silos[0].Protocol.IsSuspended, s_detection);
        Assert.Equal(SiloStatus.Active, cluster.Silos[0].Protocol.Status);
    }

    [Fact]
    public void Pause_LongerThanDetection_ItIsSilentFromTheFirstMomentAndEnds()
    {
        var cluster = ClusterSimulation.Of(3);
        var paused = cluster.Silos[1];
        paused.Pause();
        cluster.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(SiloStatus.Dead, cluster.Rows[paused.Address].Status);
        Assert.True(paused.IsSilent);

        paused.Resume();
        cluster.RunUntil(() => paused.Death is not null, TimeSpan.FromSeconds(1));

        Assert.Contains("dead", paused.Death);
        Assert.Equal(2, cluster.Running.Count());
    }

    [Fact]
    public void Pause_OfAll_NobodyIsDeclaredDead()
    {
        var cluster = ClusterSimulation.Of(5);
        cluster.Silos.ForEach(silo => silo.Pause());
        cluster.Run(TimeSpan.FromMinutes(1));

        cluster.Silos.ForEach(silo => silo.Resume());
        cluster.Run(TimeSpan.FromMinutes(1));

        Assert.Equal(5, cluster.Running.Count());
        Assert.All(cluster.Silos, silo => Assert.False(silo.Protocol.IsSuspended));
    }

    [Fact]
    public void Pause_ShorterThanDetection_NobodyNotices()
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.Silos[1].Pause();
        cluster.Run(TimeSpan.FromSeconds(1.5));

        cluster.Silos[1].Resume();
        cluster.Run(TimeSpan.FromMinutes(1));

        Assert.Equal(3, cluster.Running.Count());
        Assert.Empty(cluster.Silos[1].Seen.OfType<MembershipAction.Suspend>());
    }

    [Fact]
    public void Row_ThatWasDeleted_EndsItsSilo()
    {
        var cluster = ClusterSimulation.Of(2);
        _ = cluster.Table.DeleteMembershipTableEntries("");

        cluster.RunUntil(() => cluster.Silos.TrueForAll(silo => silo.Death is not null), s_detection);

        Assert.All(cluster.Silos, silo => Assert.Contains("gone", silo.Death));
    }
}
