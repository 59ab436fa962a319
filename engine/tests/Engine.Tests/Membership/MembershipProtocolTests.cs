using Orleans.Configuration;
using Orleans.Runtime;

namespace Engine.Tests.Membership;

/// <summary>The rules of membership in small clusters, on a simulated network and table.</summary>
public sealed class MembershipProtocolTests
{
    private static readonly TimeSpan s_detection = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);

    [Fact]
    public void Join_OfTheFirst_IsActiveAtOnce()
    {
        var cluster = new ClusterSimulation(seed: 1);
        var silo = cluster.Add();
        silo.Join();

        cluster.RunUntil(() => silo.Protocol.Status == SiloStatus.Active, s_soon);

        var row = cluster.Rows[silo.Address];
        Assert.Equal(("silo-0", "here", 30_000), (row.SiloName, row.HostName, row.ProxyPort));
        Assert.Equal(cluster.UtcNow, row.StartTime, s_soon);
        Assert.Equal([SiloStatus.Joining, SiloStatus.Active], Statuses(silo, silo));
    }

    [Fact]
    public void Join_OfManyAtOnce_AllBecomeActive()
    {
        var cluster = ClusterSimulation.Of(20);

        Assert.All(cluster.Silos, silo => Assert.Equal(20, silo.Protocol.View.Active.Length));
    }

    [Fact]
    public void Join_WhileAnActiveSiloCantBeReached_WaitsForIt()
    {
        var cluster = ClusterSimulation.Of(2);
        var third = cluster.Add();
        cluster.Cut(third, cluster.Silos[1]);
        third.Join();
        cluster.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(SiloStatus.Joining, third.Protocol.Status);

        cluster.HealNetwork();

        cluster.RunUntil(() => third.Protocol.Status == SiloStatus.Active, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Join_ThatNeverReachesAnActiveSilo_FailsAndNamesIt()
    {
        var cluster = ClusterSimulation.Of(2);
        var third = cluster.Add();
        cluster.Cut(third, cluster.Silos[1]);
        third.Join();

        cluster.Run(cluster.Options.MaxJoinAttemptTime + s_soon);

        Assert.Equal([cluster.Silos[1].Address], Assert.Single(third.Seen.OfType<MembershipAction.JoinFailed>()).Unreached);
        Assert.DoesNotContain(SiloStatus.Active, Statuses(third, third));
    }

    [Fact]
    public void Join_BesideOneThatCrashedLongAgo_DoesNotWaitForIt()
    {
        var cluster = ClusterSimulation.Of(1);
        cluster.Silos[0].Kill();
        cluster.Run(cluster.Options.IAmAliveTablePublishTimeout * 4);
        var next = cluster.Add();

        next.Join();

        cluster.RunUntil(() => next.Protocol.Status == SiloStatus.Active, s_soon);
        cluster.RunUntil(() => cluster.Rows[cluster.Silos[0].Address].Status == SiloStatus.Dead, s_detection);
    }

    [Fact]
    public void Join_AtThePlaceOfAnEarlierSilo_EndsThatOne()
    {
        var cluster = ClusterSimulation.Of(3);
        var older = cluster.Silos[1];
        var newer = cluster.Add(older.Address.Endpoint.Port);

        newer.Join();

        cluster.RunUntil(() => newer.Protocol.Status == SiloStatus.Active && older.Death is not null, TimeSpan.FromSeconds(2));
        Assert.Equal(SiloStatus.Dead, cluster.Rows[older.Address].Status);
        Assert.Contains(newer.Address.ToString(), older.Death);
    }

    [Fact]
    public void Join_AfterTheWholeClusterCrashed_EachTakesItsPlaceAgain()
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.Silos.ForEach(silo => silo.Kill());
        var again = cluster.Silos.Select(silo => silo.Address.Endpoint.Port).ToList().ConvertAll(port => cluster.Add(port));

        again.ForEach(silo => silo.Join());

        cluster.RunUntil(() => again.TrueForAll(silo => silo.Protocol.View.Active.Length == 3), TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(30)]
    public void Kill_OfOne_IsSeenByAllWithinDetection(int silos)
    {
        var cluster = ClusterSimulation.Of(silos);
        cluster.Run(s_long);
        var killed = cluster.Silos[1];
        killed.Kill();

        var took = cluster.RunUntil(() => cluster.Running.All(silo => silo.Protocol.View.IsDead(killed.Address)), s_detection);

        Assert.True(took >= cluster.Options.ProbeTimeout * (cluster.Options.NumMissedProbesLimit - 1), took.ToString());
        Assert.Equal(silos - 1, cluster.Running.Count());
        Assert.True(cluster.Rows[killed.Address].SuspectTimes!.Count == MembershipRules.VotesNeeded(cluster.Options, silos));
    }

    [Fact]
    public void Kill_OfMostAtOnce_TheRestGoesOnOnceTheyStoppedWriting()
    {
        var cluster = ClusterSimulation.Of(5);
        cluster.Silos.Take(4).ToList().ForEach(silo => silo.Kill());
        var last = cluster.Silos[4];
        cluster.Run(s_detection);
        Assert.Equal(5, last.Protocol.View.Active.Length);
        Assert.NotEmpty(last.Seen.OfType<MembershipAction.VoteWithheld>());

        cluster.RunUntil(() => last.Protocol.View.Active.Length == 1, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Probe_ThroughAnotherSilo_SavesOneThatOnlyThisOneCantReach()
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.Cut(cluster.Silos[0], cluster.Silos[1]);

        cluster.Run(s_long);

        Assert.Equal(3, cluster.Running.Count());
        Assert.All(cluster.Rows.Values, row => Assert.Empty(row.SuspectTimes ?? []));
    }

    [Fact]
    public void Vote_OfOneAmongThree_IsNotEnoughAndExpires()
    {
        var cluster = ClusterSimulation.Of(3, options: Options(indirect: false));
        cluster.Cut(cluster.Silos[0], cluster.Silos[1]);
        cluster.Run(TimeSpan.FromSeconds(10));
        Assert.Equal([cluster.Silos[0].Address], cluster.Rows[cluster.Silos[1].Address].SuspectTimes!.Select(vote => vote.Item1));
        cluster.HealNetwork();
        cluster.Run(cluster.Options.DeathVoteExpirationTimeout);

        // A later vote of another one counts alone.
        cluster.Cut(cluster.Silos[2], cluster.Silos[1]);
        cluster.Run(TimeSpan.FromSeconds(10));

        Assert.Equal(3, cluster.Running.Count());
        Assert.Equal([cluster.Silos[2].Address], cluster.Rows[cluster.Silos[1].Address].SuspectTimes!.Select(vote => vote.Item1));
    }

    [Fact]
    public void Liveness_SwitchedOff_NobodyIsDeclaredDead()
    {
        var cluster = ClusterSimulation.Of(3, options: new() { ProbeTimeout = TimeSpan.FromSeconds(1), LivenessEnabled = false });
        cluster.Silos[0].Kill();

        cluster.Run(s_long);

        Assert.Equal(SiloStatus.Active, cluster.Rows[cluster.Silos[0].Address].Status);
    }

    [Fact]
    public void Leave_StepByStep_IsSeenByAllWithoutAnyVote()
    {
        var cluster = ClusterSimulation.Of(3);
        var leaving = cluster.Silos[2];

        foreach (var status in new[] { SiloStatus.ShuttingDown, SiloStatus.Stopping, SiloStatus.Dead })
        {
            leaving.Leave(status);
            cluster.RunUntil(() => cluster.Silos.TrueForAll(silo => silo.Protocol.View.Find(leaving.Address)!.Status == status), TimeSpan.FromMilliseconds(100));
        }

        Assert.Null(leaving.Death);
        Assert.Empty(cluster.Rows[leaving.Address].SuspectTimes ?? []);
    }

    [Fact]
    public void Gossip_Lost_ChangesAreFoundByReading()
    {
        var cluster = ClusterSimulation.Of(3);
        cluster.IsGossipLost = true;

        cluster.Silos[2].Leave(SiloStatus.ShuttingDown);

        cluster.RunUntil(() => cluster.Silos.TrueForAll(silo => silo.Protocol.View.Active.Length == 2), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Cleanup_OfOldRows_LeavesTheActiveOnes()
    {
        var cluster = ClusterSimulation.Of(3, options: new() { ProbeTimeout = TimeSpan.FromSeconds(1), DefunctSiloExpiration = TimeSpan.FromMinutes(20), DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10) });
        cluster.Silos[0].Kill();
        cluster.Run(TimeSpan.FromMinutes(15));
        Assert.Contains(cluster.Silos[0].Address, cluster.Rows);

        cluster.Run(TimeSpan.FromMinutes(20));

        Assert.Equal(cluster.Running.Select(silo => silo.Address).Order(), cluster.Rows.Keys.Order());
        Assert.Equal(2, cluster.Running.Count());
    }

    private static ClusterMembershipOptions Options(bool indirect) => new() { ProbeTimeout = TimeSpan.FromSeconds(1), EnableIndirectProbes = indirect };

    private static IEnumerable<SiloStatus> Statuses(SimulatedSilo seenBy, SimulatedSilo silo) =>
        seenBy.Seen.OfType<MembershipAction.Show>().Select(show => show.View.Find(silo.Address)?.Status).OfType<SiloStatus>().Distinct();
}
