using Crescent.Domain.EmailClaims;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.EmailClaims;

public sealed class EmailClaimTests : AggregateProperties<EmailClaim, EmailClaimEvent>
{
    static readonly Gen<string> AnyUser = Gen.Elements("u1", "u2", "u3");

    protected override EmailClaim Initial => EmailClaim.Initial;

    protected override Gen<Operation<EmailClaim, EmailClaimEvent>> AnyOperation => Gen.Frequency(
        (4, from user in AnyUser
            from until in AnyTime
            select Of(
                EmailClaimDecider.Claim, new ClaimEmail(user, until))),
        (2, from user in AnyUser
            from now in AnyTime
            select Of(
                EmailClaimDecider.Confirm, new ConfirmEmailClaim(user, now))),
        (1, AnyUser.Select(user => Of(
            EmailClaimDecider.Release, new ReleaseEmailClaim(user)))),
        (2, from user in AnyUser
            from now in AnyTime
            select Of(
                EmailClaimDecider.Expire, new ExpireEmailClaim(user, now))));

    protected override EmailClaim Evolve(EmailClaim state, EmailClaimEvent happened) => state.Evolve(happened);

    /// <summary>From one holder to another only through a release, and confirmed claims never run out.</summary>
    protected override void AssertInvariants(
        Journal<EmailClaim, EmailClaimEvent> journal, Operation<EmailClaim, EmailClaimEvent> last, Outcome<EmailClaimEvent> outcome)
    {
        string? holder = null;
        foreach (var happened in journal.Events)
        {
            var user = happened switch
            {
                EmailClaimEvent.Claimed e => e.UserId,
                EmailClaimEvent.Confirmed e => e.UserId,
                EmailClaimEvent.Released e => e.UserId,
                _ => throw new InvalidOperationException(),
            };
            Assert.True(holder is null ? happened is EmailClaimEvent.Claimed : holder == user);
            holder = happened is EmailClaimEvent.Released ? null : user;
        }

        Assert.Equal(holder, journal.State.UserId);
        Assert.Equal(journal.State.Status is EmailClaimStatus.Pending, journal.State.PendingUntil is not null);
    }

    [Fact]
    public void ClaimAndConfirm_TakenByAnother_AreRejectedEvenBeyondTheDeadline()
    {
        var pending = EmailClaim.Initial.Evolve(new EmailClaimEvent.Claimed("u1", Start));
        Assert.Equal(
            ClaimEmailRejection.TakenByAnother,
            EmailClaimDecider.Claim(pending, new ClaimEmail("u2", Start.AddDays(1))).Rejection);
        Assert.Equal(
            ConfirmEmailClaimRejection.TakenByAnother,
            EmailClaimDecider.Confirm(pending, new ConfirmEmailClaim("u2", Start.AddDays(1))).Rejection);
    }

    [Fact]
    public void Expire_OnlyOrphansBeyondTheirDeadline_AreReleased()
    {
        var pending = EmailClaim.Initial.Evolve(new EmailClaimEvent.Claimed("u1", Start));
        var confirmed = pending.Evolve(new EmailClaimEvent.Confirmed("u1"));
        Assert.Equal(ExpireEmailClaimRejection.NotDue, EmailClaimDecider.Expire(pending, new ExpireEmailClaim("u1", Start.AddTicks(-1))).Rejection);
        Assert.IsType<EmailClaimEvent.Released>(Assert.Single(EmailClaimDecider.Expire(pending, new ExpireEmailClaim("u1", Start)).Events));
        Assert.Empty(EmailClaimDecider.Expire(confirmed, new ExpireEmailClaim("u1", Start.AddDays(1))).Events);
        Assert.Empty(EmailClaimDecider.Expire(pending, new ExpireEmailClaim("u2", Start.AddDays(1))).Events);
    }

    [Fact]
    public void Confirm_SweptAwayBefore_TakesTheAddressAgain()
    {
        var decision = EmailClaimDecider.Confirm(EmailClaim.Initial, new ConfirmEmailClaim("u1", Start));
        Assert.Equal(EmailClaimStatus.Confirmed, decision.Events.Aggregate(EmailClaim.Initial, Evolve).Status);
    }
}
