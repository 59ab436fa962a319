using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <content>What it says.</content>
internal sealed partial class MembershipAgent
{
    private void Log(MembershipAction action)
    {
        switch (action)
        {
            case MembershipAction.TableLost lost:
                LogTableLost(lost.Exception);
                break;
            case MembershipAction.TableBack:
                LogTableBack();
                break;
            case MembershipAction.Suspend suspend:
                LogSuspended(suspend.WithoutTable);
                break;
            case MembershipAction.Resume:
                LogResumed();
                break;
            case MembershipAction.Voted { Suspect.Status: SiloStatus.Dead } voted:
                LogDeclaredDead(voted.Suspect.SiloAddress, voted.Votes);
                break;
            case MembershipAction.Voted voted:
                LogVoted(voted.Suspect.SiloAddress, voted.Votes, voted.Needed);
                break;
            case MembershipAction.VoteWithheld withheld:
                LogVoteWithheld(withheld.Suspect, withheld.Answering, withheld.Watched);
                break;
        }
    }

    [LoggerMessage(1901, LogLevel.Information, "The cluster is at {View}.")]
    private partial void LogView(ClusterView view);

    [LoggerMessage(1902, LogLevel.Warning, "The membership table can't be used; it is tried again until it can. While it can't, nobody joins, leaves or is declared dead.")]
    private partial void LogTableLost(Exception exception);

    [LoggerMessage(1903, LogLevel.Information, "The membership table can be used again.")]
    private partial void LogTableBack();

    [LoggerMessage(1904, LogLevel.Error, "This silo is suspended: it could not read the membership table for {Time}, in which others may have declared it dead. It answers nothing until it reads that it is still active.")]
    private partial void LogSuspended(TimeSpan time);

    [LoggerMessage(1905, LogLevel.Warning, "This silo goes on: it is still active in the membership table.")]
    private partial void LogResumed();

    [LoggerMessage(1906, LogLevel.Warning, "The silo {Silo} does not answer and is declared dead with {Votes} votes; others take its grains.")]
    private partial void LogDeclaredDead(SiloAddress silo, int votes);

    [LoggerMessage(1907, LogLevel.Warning, "The silo {Silo} does not answer; there are {Votes} of {Needed} votes to declare it dead.")]
    private partial void LogVoted(SiloAddress silo, int votes, int needed);

    [LoggerMessage(1908, LogLevel.Warning, "The silo {Silo} does not answer, but only {Answering} of {Watched} others do: this silo may be the one that is cut off, and does not vote.")]
    private partial void LogVoteWithheld(SiloAddress silo, int answering, int watched);

    [LoggerMessage(1909, LogLevel.Critical, "{Sentence}")]
    private partial void LogDead(string sentence);

    [LoggerMessage(1910, LogLevel.Warning, "The membership table could not be told that this silo is {Status} ({Reason}); the others will find out.")]
    private partial void LogNotLeft(SiloStatus status, string reason);
}
