using System.Collections.Concurrent;

namespace Crescent.Cluster.Tests.Load;

/// <summary>What the clients of a run saw: the only thing that may be held against the system.</summary>
internal sealed class History
{
    readonly ConcurrentQueue<Attempt> _attempts = new();
    readonly ConcurrentDictionary<int, AcceptedOrder> _accepted = new();
    readonly ConcurrentQueue<string> _surprises = new();

    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    /// <summary>The accepted orders.</summary>
    public IReadOnlyCollection<AcceptedOrder> Accepted => [.. _accepted.Values];

    /// <summary>What no client should ever see.</summary>
    public IReadOnlyCollection<string> Surprises => _surprises;

    public void Add(Attempt attempt) => _attempts.Enqueue(attempt);

    public void Add(AcceptedOrder order) => _accepted[order.Plan.Number] = order;

    public void AddSurprise(string surprise) => _surprises.Enqueue(surprise);
}

/// <summary>A request of the load and what became of it.</summary>
/// <param name="Kind">What was asked, such as <c>place</c> or <c>read</c>.</param>
/// <param name="Detail">What came instead of what was asked for.</param>
internal sealed record Attempt(string Kind, TimeSpan SentAt, TimeSpan DoneAt, Outcome Outcome, string? Detail)
{
    public TimeSpan Took => DoneAt - SentAt;
}

internal enum Outcome
{
    Done,

    /// <summary>Refused for now: 502, 503 or 504, or 409 while the same key is in flight.</summary>
    Unavailable,

    /// <summary>The connection broke or nothing came in time: whether it was done is unknown.</summary>
    Lost,

    /// <summary>An answer that no client should have got.</summary>
    Surprising,
}

/// <summary>An order that the API said it has.</summary>
internal sealed record AcceptedOrder(PlannedOrder Plan, string Id, TimeSpan FirstSentAt, TimeSpan AcceptedAt);
