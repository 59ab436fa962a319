namespace Crescent.Cluster.Tests.Load;

/// <summary>What an order meets on its way, and how it may end.</summary>
/// <param name="Weight">How many of a hundred orders go this way.</param>
/// <param name="Ends">The statuses it may end in, however often processes die meanwhile.</param>
internal sealed record OrderWay(string Name, int Weight, string Token, string Country, params string[] Ends)
{
    const string Served = "KR";
    const string NotServed = "ZZ";
    const string Completed = "completed";
    const string Rejected = "rejected";
    const string Cancelled = "cancelled";

    /// <summary>Its stock may be gone.</summary>
    public static OrderWay Scarce { get; } = new("scarce", 8, "tok_ok", Served, Completed, Rejected);

    /// <summary>The provider takes its time.</summary>
    public static OrderWay Slow { get; } = new("slow", 6, "tok_slow", Served, Completed);

    /// <summary>The buyer cancels it right after it was accepted.</summary>
    public static OrderWay Regretted { get; } = new("cancelled", 6, "tok_ok", Served, Completed, Cancelled);

    public static IReadOnlyList<OrderWay> All { get; } =
    [
        new("paid", 59, "tok_ok", Served, Completed),
        new("declined", 8, "tok_decline", Served, Rejected),
        Slow,
        new("flaky", 2, "tok_flaky", Served, Completed),
        new("no answer after the capture", 2, "tok_timeout_after_capture", Served, Completed),
        new("late capture", 2, "tok_late_capture", Served, Completed),
        new("not served", 7, "tok_ok", NotServed, Rejected),
        Scarce,
        Regretted,
    ];
}
