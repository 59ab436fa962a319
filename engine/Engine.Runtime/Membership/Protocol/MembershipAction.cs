namespace Orleans.Runtime;

/// <summary>What <see cref="MembershipProtocol"/> wants done.</summary>
internal abstract record MembershipAction
{
    /// <summary>Do it and bring the outcome back with the number.</summary>
    public sealed record UseTable(int Number, TableOperation Operation) : MembershipAction;

    /// <summary>Ask a silo whether it is there, directly or through another; an answer comes back with the number, no answer doesn't.</summary>
    public sealed record Probe(int Number, SiloAddress Target, SiloAddress? Through) : MembershipAction;

    /// <summary>Tell these silos that the table has that version.</summary>
    public sealed record Gossip(IReadOnlyList<SiloAddress> Targets, long Version) : MembershipAction;

    /// <summary>The cluster has changed.</summary>
    public sealed record Show(ClusterView View) : MembershipAction;

    /// <summary>A reading of the table has ended, well or not; <paramref name="Number"/> is its operation's.</summary>
    public sealed record ReadEnded(int Number) : MembershipAction;

    /// <summary>The table can't be used; said once until it can again.</summary>
    public sealed record TableLost(Exception Exception) : MembershipAction;

    public sealed record TableBack : MembershipAction;

    /// <summary>Answer nothing from now on.</summary>
    public sealed record Suspend(TimeSpan WithoutTable) : MembershipAction;

    public sealed record Resume : MembershipAction;

    /// <summary>This silo's vote against another one is in the table.</summary>
    public sealed record Voted(MembershipEntry Suspect, int Votes, int Needed) : MembershipAction;

    /// <summary>A silo that doesn't answer can't be voted against, because too few of the others answer either.</summary>
    public sealed record VoteWithheld(SiloAddress Suspect, int Answering, int Watched) : MembershipAction;

    /// <summary>Not all active silos could be reached in time: this one can't join them.</summary>
    public sealed record JoinFailed(IReadOnlyList<SiloAddress> Unreached) : MembershipAction;

    /// <summary>This silo is dead to the others: the process has to end.</summary>
    public sealed record Die(string Reason) : MembershipAction;
}
