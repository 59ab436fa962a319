using System.Data.Common;
using System.Globalization;
using System.Net;
using Orleans.Runtime;

namespace Orleans.AdoNet.Clustering;

/// <summary>Members of a cluster as rows.</summary>
internal static class MembershipRows
{
    private const char BetweenVotes = '|';
    private const char BeforeTime = ',';

    public static void AddKey(AddParameter add, string clusterId, SiloAddress silo)
    {
        add("DeploymentId", clusterId);
        add("Address", silo.Endpoint.Address.ToString());
        add("Port", silo.Endpoint.Port);
        add("Generation", silo.Generation);
    }

    /// <summary>A row: its member, if it has one, and the version of the table.</summary>
    public static (MembershipEntry? Member, int Version) Read(DbDataReader row)
    {
        var version = row.GetFieldValue<int>("Version");
        if (row.IsNull("Address"))
        {
            return (null, version);
        }

        return (new MembershipEntry
        {
            SiloAddress = ReadAddress(row, "Port"),
            SiloName = row.GetFieldValue<string>("SiloName"),
            HostName = row.GetFieldValue<string>("HostName"),
            Status = (SiloStatus)row.GetFieldValue<int>("Status"),
            ProxyPort = row.IsNull("ProxyPort") ? 0 : row.GetFieldValue<int>("ProxyPort"),
            StartTime = row.GetFieldValue<DateTime>("StartTime"),
            IAmAliveTime = row.GetFieldValue<DateTime>("IAmAliveTime"),
            SuspectTimes = row.IsNull("SuspectTimes") ? [] : ReadVotes(row.GetFieldValue<string>("SuspectTimes")),
        }, version);
    }

    public static SiloAddress ReadAddress(DbDataReader row, string port) =>
        SiloAddress.New(IPAddress.Parse(row.GetFieldValue<string>("Address")), row.GetFieldValue<int>(port), row.GetFieldValue<int>("Generation"));

    /// <summary>Votes, written <c>silo,time|silo,time</c>; null for none.</summary>
    public static string? WriteVotes(List<Tuple<SiloAddress, DateTime>>? votes) => votes is null or []
        ? null
        : string.Join(BetweenVotes, votes.Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()}{BeforeTime}{Utc(vote.Item2):O}")));

    /// <summary>PostgreSQL takes no other times for its timestamps with a time zone.</summary>
    public static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static List<Tuple<SiloAddress, DateTime>> ReadVotes(string votes) => votes.Split(BetweenVotes, StringSplitOptions.RemoveEmptyEntries).Select(ReadVote).ToList();

    private static Tuple<SiloAddress, DateTime> ReadVote(string vote)
    {
        var at = vote.LastIndexOf(BeforeTime);
        return at > 0 && DateTime.TryParseExact(vote.AsSpan(at + 1), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? new(SiloAddress.FromParsableString(vote[..at]), time)
            : throw new FormatException($"The membership table has '{vote}' for the vote of a silo; it must have the form silo{BeforeTime}time.");
    }
}
