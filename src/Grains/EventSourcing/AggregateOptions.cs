namespace Crescent.Grains.EventSourcing;

/// <summary>Bounds of every event-sourced grain, from <c>Crescent:Aggregates</c>.</summary>
public sealed record AggregateOptions
{
    public const string Section = "Crescent:Aggregates";

    /// <summary>Commands that may wait in one grain; one more is turned away as unavailable.</summary>
    public int MaxQueuedCommands { get; set; } = 4096;

    /// <summary>Commands decided together and committed as one batch.</summary>
    public int MaxBatchedCommands { get; set; } = 512;

    /// <summary>How often a batch is decided again after somebody else wrote to the stream.</summary>
    public int MaxDecisionRounds { get; set; } = 8;

    /// <summary>Receipts of recent commands kept in memory, so that a quick repetition costs no look into the store.</summary>
    public int RecentCommands { get; set; } = 256;

    /// <summary>How long an append may take, retries included, before its outcome counts as unknown.</summary>
    public TimeSpan AppendTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Pause before an append that failed is submitted again.</summary>
    public TimeSpan AppendRetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long reading a stream may take, when a grain activates or was overtaken.</summary>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Events read at once.</summary>
    public int LoadPageSize { get; set; } = 1000;

    /// <summary>Events read first: of a stream that has fewer nothing else is read, and nobody asks for its snapshot.</summary>
    public int FirstPageSize { get; set; } = 20;

    /// <summary>A snapshot is due each time the version passes a multiple of this; 0: never.</summary>
    public int SnapshotEvery { get; set; } = 200;

    /// <summary>
    /// The least time between two snapshots of one grain, so that writing a large state of which much happens never is
    /// most of the work. What is due meanwhile is written by the next batch after it, or when the grain deactivates.
    /// </summary>
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        { MaxQueuedCommands: < 1 } => Say(nameof(MaxQueuedCommands), "must be 1 or more: a grain that may queue nothing can do nothing"),
        { MaxBatchedCommands: < 1 } => Say(nameof(MaxBatchedCommands), "must be 1 or more"),
        { MaxDecisionRounds: < 1 } => Say(nameof(MaxDecisionRounds), "must be 1 or more"),
        { RecentCommands: < 0 } => Say(nameof(RecentCommands), "must be 0 or more"),
        { LoadPageSize: < 1 } => Say(nameof(LoadPageSize), "must be 1 or more"),
        { FirstPageSize: < 1 } => Say(nameof(FirstPageSize), "must be 1 or more"),
        { SnapshotEvery: < 0 } => Say(nameof(SnapshotEvery), "must be 0 (never) or more"),
        _ when AppendTimeout <= TimeSpan.Zero => Say(nameof(AppendTimeout), "must be longer than 0"),
        _ when AppendRetryDelay <= TimeSpan.Zero => Say(nameof(AppendRetryDelay), "must be longer than 0"),
        _ when SnapshotInterval < TimeSpan.Zero => Say(nameof(SnapshotInterval), "must be 0 or longer"),
        _ when LoadTimeout <= TimeSpan.Zero => Say(nameof(LoadTimeout), "must be longer than 0"),
        _ => null,
    };

    static string Say(string name, string what) => $"{Section}:{name} {what}.";
}
