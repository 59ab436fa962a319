using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The rules of membership that need nothing but what they are given.</summary>
internal static class MembershipRules
{
    /// <summary>
    /// How long a silo may go without reading that it is still active: others that can't reach it need at least so long to
    /// declare it dead.
    /// </summary>
    public static TimeSpan LeaseOf(ClusterMembershipOptions options) => ProbeTimeoutOf(options) * options.NumMissedProbesLimit;

    public static TimeSpan ProbeTimeoutOf(ClusterMembershipOptions options) =>
        options.ProbeTimeout < options.MinProbeTimeout ? options.MinProbeTimeout : options.ProbeTimeout > options.MaxProbeTimeout ? options.MaxProbeTimeout : options.ProbeTimeout;

    /// <summary>Whether a silo that can't be reached has to be declared dead: it holds grains or did until lately.</summary>
    public static bool IsLive(SiloStatus status) => status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping;

    /// <summary>How many votes declare a silo dead, if so many silos are active and write that they live: in small clusters half of them.</summary>
    public static int VotesNeeded(ClusterMembershipOptions options, int activeAndAlive) =>
        Math.Max(1, Math.Min(options.NumVotesForDeathDeclaration, (activeAndAlive + 1) / 2));

    /// <summary>
    /// Whether a silo may vote: at least half of those it watches and that still write into the table, itself among them, must
    /// answer. So the smaller side of a split never declares the larger one dead; silos that have crashed stop writing and
    /// count no longer after a while.
    /// </summary>
    public static bool MayVote(int answering, int watchedAndAlive) => 2 * (answering + 1) >= watchedAndAlive + 1;

    /// <summary>The votes against a silo that still count: not expired, and of silos that are active.</summary>
    public static List<SiloAddress> VotesAgainst(MembershipEntry suspect, ClusterView view, DateTime utcNow, TimeSpan expiration) =>
        (suspect.SuspectTimes ?? []).Where(vote => vote.Item2 + expiration >= utcNow && view.IsActive(vote.Item1)).Select(vote => vote.Item1).Distinct().ToList();

    /// <summary>The silos that a silo watches: those after it on a ring of all, so that each is watched by equally many.</summary>
    public static IEnumerable<SiloAddress> Watched(ClusterView view, SiloAddress self, int count)
    {
        var ring = view.Members.Where(member => IsLive(member.Status) && !member.Address.Equals(self)).Select(member => member.Address)
            .OrderBy(silo => silo.GetConsistentHashCode()).ThenBy(silo => silo).ToList();
        var own = self.GetConsistentHashCode();
        var first = ring.FindIndex(silo => silo.GetConsistentHashCode() > own);
        return Enumerable.Range(Math.Max(first, 0), Math.Min(count, ring.Count)).Select(at => ring[at % ring.Count]);
    }

    /// <summary>The view that rows of the table make.</summary>
    public static ClusterView ViewOf(MembershipTableData table) => new(
        table.Version.Version,
        table.Members.Select(row => row.Item1).Select(entry =>
            new SiloMember(entry.SiloAddress, entry.SiloName ?? "", entry.HostName ?? "", entry.Status, entry.ProxyPort, entry.StartTime)));
}
