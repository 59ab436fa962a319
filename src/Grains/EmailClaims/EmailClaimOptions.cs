namespace Crescent.Grains.EmailClaims;

/// <summary>How long a claim waits for its user, from <c>Crescent:EmailClaims</c>.</summary>
public sealed record EmailClaimOptions
{
    public const string Section = "Crescent:EmailClaims";

    /// <summary>After this a claim that was not confirmed is looked at by the sweeper.</summary>
    public TimeSpan PendingFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The sentence that says what is wrong, or null.</summary>
    public string? Problem() => PendingFor <= TimeSpan.Zero ? $"{Section}:{nameof(PendingFor)} must be longer than 0." : null;
}
