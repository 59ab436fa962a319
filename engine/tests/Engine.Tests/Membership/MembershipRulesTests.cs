using System.Net;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Engine.Tests.Membership;

public sealed class MembershipRulesTests
{
    private static readonly DateTime s_now = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(20, 2)]
    public void VotesNeeded_OfActiveSilos_IsHalfOfThemAndTwoAtMost(int active, int needed) =>
        Assert.Equal(needed, MembershipRules.VotesNeeded(new ClusterMembershipOptions(), active));

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(0, 2, false)]
    [InlineData(1, 2, true)]
    [InlineData(1, 3, true)]
    [InlineData(1, 4, false)]
    [InlineData(2, 4, true)]
    public void MayVote_WithThatManyAnswering_OnlyInTheLargerHalf(int answering, int watched, bool may) =>
        Assert.Equal(may, MembershipRules.MayVote(answering, watched));

    [Fact]
    public void VotesAgainst_ASilo_LeavesOutExpiredOnesAndThoseOfSilosThatAreNotActive()
    {
        var (active, dead, suspect) = (Silo(1), Silo(2), Silo(3));
        var view = new ClusterView(1, [Member(active, SiloStatus.Active), Member(dead, SiloStatus.Dead), Member(suspect, SiloStatus.Active)]);
        var entry = new MembershipEntry { SiloAddress = suspect };
        entry.AddSuspector(active, s_now.AddMinutes(-1));
        entry.AddSuspector(dead, s_now.AddMinutes(-1));
        entry.AddSuspector(Silo(4), s_now);

        Assert.Equal([active], MembershipRules.VotesAgainst(entry, view, s_now, TimeSpan.FromMinutes(2)));
        Assert.Empty(MembershipRules.VotesAgainst(entry, view, s_now, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Watched_InALargeCluster_EachSiloIsWatchedByEquallyMany()
    {
        var silos = Enumerable.Range(1, 30).Select(Silo).ToList();
        var view = new ClusterView(1, silos.Select(silo => Member(silo, SiloStatus.Active)));

        var watched = silos.SelectMany(silo => MembershipRules.Watched(view, silo, 10).Select(other => (silo, other))).ToList();

        Assert.All(watched, pair => Assert.NotEqual(pair.silo, pair.other));
        Assert.All(silos, silo => Assert.Equal(10, watched.Count(pair => pair.other.Equals(silo))));
        Assert.Equal(watched.Count, watched.Distinct().Count());
    }

    [Fact]
    public void Watched_AloneOrAmongTheDead_IsNobody()
    {
        var view = new ClusterView(1, [Member(Silo(1), SiloStatus.Active), Member(Silo(2), SiloStatus.Dead), Member(Silo(3), SiloStatus.Joining)]);

        Assert.Empty(MembershipRules.Watched(view, Silo(1), 10));
    }

    [Fact]
    public void IsDead_OfAnEarlierLifeAtTheSamePlace_IsSo()
    {
        var view = new ClusterView(1, [new SiloMember(SiloAddress.New(IPAddress.Loopback, 1, 7), "", "", SiloStatus.Joining, 0, s_now)]);

        Assert.True(view.IsDead(SiloAddress.New(IPAddress.Loopback, 1, 6)));
        Assert.False(view.IsDead(SiloAddress.New(IPAddress.Loopback, 1, 7)));
        Assert.False(view.IsDead(SiloAddress.New(IPAddress.Loopback, 1, 8)));
        Assert.False(view.IsDead(SiloAddress.New(IPAddress.Loopback, 2, 1)));
    }

    private static SiloAddress Silo(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    private static SiloMember Member(SiloAddress silo, SiloStatus status) => new(silo, "", "", status, 0, s_now);
}
