namespace Crescent.Domain.EmailClaims;

public sealed record ClaimEmail(string UserId, DateTimeOffset PendingUntil);

public sealed record ConfirmEmailClaim(string UserId, DateTimeOffset Now);

public sealed record ReleaseEmailClaim(string UserId);

public sealed record ExpireEmailClaim(string UserId, DateTimeOffset Now);

public enum ClaimEmailRejection
{
    TakenByAnother,
}

public enum ConfirmEmailClaimRejection
{
    TakenByAnother,
}

/// <summary>Releasing has no way to fail: who holds nothing has released it.</summary>
public enum ReleaseEmailClaimRejection;

public enum ExpireEmailClaimRejection
{
    NotDue,
}

public static class EmailClaimDecider
{
    /// <summary>
    /// A pending claim of another user stays in the way even beyond its deadline: that user may exist with its
    /// confirmation lost, which only the sweeper finds out.
    /// </summary>
    public static Decision<EmailClaimEvent, ClaimEmailRejection> Claim(EmailClaim state, ClaimEmail command)
    {
        if (state.Status is EmailClaimStatus.Free)
            return new EmailClaimEvent.Claimed(command.UserId, command.PendingUntil);
        if (state.UserId != command.UserId) return ClaimEmailRejection.TakenByAnother;
        return state.Status is EmailClaimStatus.Pending && command.PendingUntil > state.PendingUntil
            ? new EmailClaimEvent.Claimed(command.UserId, command.PendingUntil)
            : AlreadySo.Instance;
    }

    /// <summary>The user exists. A claim swept away just before is taken again, if nobody else has it.</summary>
    public static Decision<EmailClaimEvent, ConfirmEmailClaimRejection> Confirm(EmailClaim state, ConfirmEmailClaim command)
    {
        if (state.Status is EmailClaimStatus.Free)
        {
            return new(
                new EmailClaimEvent.Claimed(command.UserId, command.Now),
                new EmailClaimEvent.Confirmed(command.UserId));
        }

        if (state.UserId != command.UserId) return ConfirmEmailClaimRejection.TakenByAnother;
        return state.Status is EmailClaimStatus.Pending
            ? new EmailClaimEvent.Confirmed(command.UserId)
            : AlreadySo.Instance;
    }

    /// <summary>Another user's claim is left alone.</summary>
    public static Decision<EmailClaimEvent, ReleaseEmailClaimRejection> Release(EmailClaim state, ReleaseEmailClaim command) =>
        state.UserId == command.UserId ? new EmailClaimEvent.Released(command.UserId) : AlreadySo.Instance;

    /// <summary>For the sweeper, after it found that the user does not exist.</summary>
    public static Decision<EmailClaimEvent, ExpireEmailClaimRejection> Expire(EmailClaim state, ExpireEmailClaim command)
    {
        if (state.Status is not EmailClaimStatus.Pending || state.UserId != command.UserId) return AlreadySo.Instance;
        return state.PendingUntil <= command.Now
            ? new EmailClaimEvent.Released(command.UserId)
            : ExpireEmailClaimRejection.NotDue;
    }
}
