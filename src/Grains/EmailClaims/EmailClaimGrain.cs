using Crescent.Domain.EmailClaims;
using Crescent.EventStore;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.EmailClaims;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EventSourcing;
using Microsoft.Extensions.Options;

namespace Crescent.Grains.EmailClaims;

/// <inheritdoc cref="IEmailClaimGrain"/>
public sealed class EmailClaimGrain(AggregateServices services, IOptions<EmailClaimOptions> options)
    : EventSourcedGrain<EmailClaim, EmailClaimEvent>(services, StreamCategory.EmailClaim), IEmailClaimGrain
{
    static readonly Refusal<EmailClaimRejectionReason> Taken = (EmailClaimRejectionReason.Taken, "Another user has this address.");

    protected override EmailClaim Initial => EmailClaim.Initial;

    protected override EmailClaim Evolve(EmailClaim state, EmailClaimEvent @event) => state.Evolve(@event);

    public async Task<CommandResult<EmailClaimRejectionReason>> Claim(Guid commandId, string userId, CancellationToken cancellationToken)
    {
        var command = new ClaimEmail(userId, Now + options.Value.PendingFor);
        var outcome = await ExecuteAsync(commandId, state => EmailClaimDecider.Claim(state, command), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<CommandResult<EmailClaimRejectionReason>> Confirm(Guid commandId, string userId, CancellationToken cancellationToken)
    {
        var command = new ConfirmEmailClaim(userId, Now);
        var outcome = await ExecuteAsync(commandId, state => EmailClaimDecider.Confirm(state, command), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<CommandResult<EmailClaimRejectionReason>> Release(Guid commandId, string userId, CancellationToken cancellationToken)
    {
        var command = new ReleaseEmailClaim(userId);
        var outcome = await ExecuteAsync(commandId, state => EmailClaimDecider.Release(state, command), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    public async Task<CommandResult<EmailClaimRejectionReason>> Sweep(CancellationToken cancellationToken)
    {
        if (Current is not { Status: EmailClaimStatus.Pending, UserId: { } userId } claim || claim.PendingUntil > Now)
            return CommandResult.Accepted<EmailClaimRejectionReason>(CurrentVersion, 0);

        var commandId = Domain.DerivedId.From("sweep-claim", Id, $"{CurrentVersion}");
        if (await GrainFactory.GetGrain<IUserGrain>(userId).HasEmail(Id, cancellationToken)) return await Confirm(commandId, userId, cancellationToken);
        var command = new ExpireEmailClaim(userId, Now);
        var outcome = await ExecuteAsync(commandId, state => EmailClaimDecider.Expire(state, command), cancellationToken: cancellationToken);
        return outcome.ToResult(Describe);
    }

    static Refusal<EmailClaimRejectionReason> Describe(ClaimEmailRejection rejection) => rejection switch
    {
        ClaimEmailRejection.TakenByAnother => Taken,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Refusal<EmailClaimRejectionReason> Describe(ConfirmEmailClaimRejection rejection) => rejection switch
    {
        ConfirmEmailClaimRejection.TakenByAnother => Taken,
        _ => throw new UnmappedRejectionException(rejection),
    };

    static Refusal<EmailClaimRejectionReason> Describe(ReleaseEmailClaimRejection rejection) => throw new UnmappedRejectionException(rejection);

    static Refusal<EmailClaimRejectionReason> Describe(ExpireEmailClaimRejection rejection) => rejection switch
    {
        ExpireEmailClaimRejection.NotDue => (EmailClaimRejectionReason.NotDue, "The claim still has time to be confirmed."),
        _ => throw new UnmappedRejectionException(rejection),
    };
}
