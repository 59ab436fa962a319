namespace Crescent.Domain.EmailClaims;

public abstract record EmailClaimEvent : IDomainEvent
{
    EmailClaimEvent()
    {
    }

    /// <summary>Also raised again for the same user, when the deadline moves.</summary>
    public sealed record Claimed(string UserId, DateTimeOffset PendingUntil) : EmailClaimEvent;

    public sealed record Confirmed(string UserId) : EmailClaimEvent;

    public sealed record Released(string UserId) : EmailClaimEvent;
}

public enum EmailClaimStatus
{
    Free,
    Pending,
    Confirmed,
}

/// <summary>
/// Who has an e-mail address; its id is a keyed hash of the normalised address. Pending until the user exists: a
/// claim left pending beyond its deadline is an orphan, confirmed or released by the sweeper.
/// </summary>
public sealed record EmailClaim
{
    public static EmailClaim Initial { get; } = new();

    public EmailClaimStatus Status { get; init; }

    public string? UserId { get; init; }

    public DateTimeOffset? PendingUntil { get; init; }

    public EmailClaim Evolve(EmailClaimEvent happened) => (Status, happened) switch
    {
        (EmailClaimStatus.Free, EmailClaimEvent.Claimed e) => Pending(e),
        (EmailClaimStatus.Pending, EmailClaimEvent.Claimed e) when e.UserId == UserId => Pending(e),
        (EmailClaimStatus.Pending, EmailClaimEvent.Confirmed e) when e.UserId == UserId =>
            this with { Status = EmailClaimStatus.Confirmed, PendingUntil = null },
        (not EmailClaimStatus.Free, EmailClaimEvent.Released e) when e.UserId == UserId => Initial,
        _ => throw new ImpossibleEventException(nameof(EmailClaim), Status, happened),
    };

    static EmailClaim Pending(EmailClaimEvent.Claimed e) =>
        new() { Status = EmailClaimStatus.Pending, UserId = e.UserId, PendingUntil = e.PendingUntil };
}
