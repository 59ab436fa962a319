namespace Crescent.Silo.Sweeper;

/// <summary>How the sweeper looks for what is due, from <c>Crescent:Sweeper</c>.</summary>
public sealed class SweeperOptions
{
    public const string Section = "Crescent:Sweeper";

    /// <summary>The pause between two sweeps.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A saga in which nothing has happened for so long was left alone, so much after the death of its silo at most; one that
    /// was not joins the call to its run.
    /// </summary>
    public TimeSpan LeftAloneAfter { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Due items read at once.</summary>
    public int PageSize { get; set; } = 200;

    /// <summary>Grains called at the same time.</summary>
    public int MaxParallel { get; set; } = 32;

    /// <summary>How long one grain may take.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the first sweep waits for the due table to show what an earlier process left.</summary>
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        _ when Interval <= TimeSpan.Zero => Say(nameof(Interval), "must be longer than 0"),
        _ when LeftAloneAfter < TimeSpan.Zero => Say(nameof(LeftAloneAfter), "must not be negative"),
        { PageSize: < 1 or > 10_000 } => Say(nameof(PageSize), "must be from 1 to 10000"),
        { MaxParallel: < 1 or > 1024 } => Say(nameof(MaxParallel), "must be from 1 to 1024"),
        _ when CallTimeout <= TimeSpan.Zero => Say(nameof(CallTimeout), "must be longer than 0"),
        _ when CatchUpTimeout < TimeSpan.Zero => Say(nameof(CatchUpTimeout), "must not be negative"),
        _ => null,
    };

    private static string Say(string name, string what) => $"{Section}:{name} {what}.";
}
