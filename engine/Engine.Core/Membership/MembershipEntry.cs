using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A row of the membership table: one life of a silo. All times are in UTC.</summary>
[GenerateSerializer]
public sealed class MembershipEntry : ISpanFormattable
{
    [Id(0)]
    public SiloAddress SiloAddress { get; set; } = null!;

    [Id(1)]
    public SiloStatus Status { get; set; }

    /// <summary>Who has found it dead, and when.</summary>
    [Id(2)]
    public List<Tuple<SiloAddress, DateTime>>? SuspectTimes { get; set; }

    /// <summary>The port of its gateway; 0 for none.</summary>
    [Id(3)]
    public int ProxyPort { get; set; }

    [Id(4)]
    public string? HostName { get; set; }

    [Id(5)]
    public string? SiloName { get; set; }

    [Id(6)]
    public DateTime StartTime { get; set; }

    /// <summary>When it last wrote that it lives.</summary>
    [Id(7)]
    public DateTime IAmAliveTime { get; set; }

    /// <summary>Notes another vote against the silo.</summary>
    public void AddSuspector(SiloAddress suspectingSilo, DateTime suspectingTime) => (SuspectTimes ??= []).Add(new(suspectingSilo, suspectingTime));

    /// <summary>Notes a vote in place of the voter's former one; with more than <paramref name="maxVotes"/> the oldest one goes.</summary>
    public void AddOrUpdateSuspector(SiloAddress localSilo, DateTime voteTime, int maxVotes)
    {
        var votes = SuspectTimes ??= [];
        votes.RemoveAll(vote => vote.Item1.Equals(localSilo));
        while (votes.Count > 0 && votes.Count >= maxVotes)
        {
            votes.Remove(votes.MinBy(vote => vote.Item2)!);
        }

        votes.Add(new(localSilo, voteTime));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SiloAddress} {SiloName} {Status}");

    /// <summary>With all that is known of it.</summary>
    public string ToFullString()
    {
        var votes = string.Join(", ", (SuspectTimes ?? []).Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Item1} at {vote.Item2:O}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{SiloAddress} {SiloName} {Status} on {HostName}, gateway port {ProxyPort}, started {StartTime:O}, last alive {IAmAliveTime:O}, suspected by [{votes}]");
    }

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{SiloAddress} {SiloName} {Status}", out charsWritten);

    internal MembershipEntry Copy()
    {
        var copy = (MembershipEntry)MemberwiseClone();
        copy.SuspectTimes = SuspectTimes is null ? null : [.. SuspectTimes];
        return copy;
    }
}
