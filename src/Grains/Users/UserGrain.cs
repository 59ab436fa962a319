using Crescent.Domain;
using Crescent.Domain.Mail;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.EmailClaims;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EventSourcing;
using Contract = Crescent.GrainInterfaces.Users;
using Rules = Crescent.Domain.Users;

namespace Crescent.Grains.Users;

/// <summary>
/// A user. Its address is claimed before the user has it, confirmed afterwards, and given up once the user has another
/// one; whatever a crash leaves in between is settled by a repetition, by <see cref="FollowUps"/> or by the sweeper.
/// </summary>
public sealed class UserGrain(AggregateServices services, Digests digests, IPersonalKeys keys, IMailer mailer)
    : EventSourcedGrain<User, UserEvent>(services, StreamCategory.User), IUserGrain
{
    protected override User Initial => User.Initial;

    protected override User Evolve(User state, UserEvent @event) => state.Evolve(@event);

    public async Task<CommandResult<UserRejectionReason>> Register(RegisterUser command, CancellationToken cancellationToken)
    {
        if (!EmailAddress.IsValid(command.Email)) return Rejected(UserRejections.InvalidEmail);
        var emailKey = digests.OfEmail(command.Email);
        if (!await ClaimAsync(emailKey, command.CommandId, cancellationToken)) return Rejected(UserRejections.EmailTaken);

        var create = new CreateUser(Id, command.Email, command.Name, emailKey, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => UserDecider.Create(state, create), cancellationToken: cancellationToken);
        await SettleClaimAsync(emailKey, command.CommandId, cancellationToken);
        return outcome.ToResult(UserRejections.Describe);
    }

    public async Task<CommandResult<UserRejectionReason>> Update(Contract.UpdateUser command, CancellationToken cancellationToken)
    {
        if (!MayBeChangedBy(command.Caller)) return Rejected(UserRejections.NotFound);
        if (command.Email is not null && !EmailAddress.IsValid(command.Email)) return Rejected(UserRejections.InvalidEmail);
        var oldKey = Current.EmailKey;
        var newKey = command.Email is null ? null : digests.OfEmail(command.Email);
        var moves = newKey is not null && newKey != oldKey;
        if (moves && !await ClaimAsync(newKey!, command.CommandId, cancellationToken)) return Rejected(UserRejections.EmailTaken);

        var update = new Rules.UpdateUser(command.Email, command.Name, newKey, Now);
        var outcome = await ExecuteAsync(command.CommandId, state => UserDecider.Update(state, update), command.ExpectedVersion, cancellationToken);
        if (moves)
        {
            await SettleClaimAsync(newKey!, command.CommandId, cancellationToken);
            await SettleClaimAsync(oldKey, command.CommandId, cancellationToken);
        }

        return outcome.ToResult(UserRejections.Describe, UserRejectionReason.VersionMismatch);
    }

    public async Task<CommandResult<UserRejectionReason>> Deactivate(Contract.DeactivateUser command, CancellationToken cancellationToken)
    {
        if (!MayBeChangedBy(command.Caller)) return Rejected(UserRejections.NotFound);
        var deactivate = new Rules.DeactivateUser(Now);
        var outcome = await ExecuteAsync(command.CommandId, state => UserDecider.Deactivate(state, deactivate), command.ExpectedVersion, cancellationToken);
        return outcome.ToResult(UserRejections.Describe, UserRejectionReason.VersionMismatch);
    }

    public async Task<CommandResult<UserRejectionReason>> Erase(Contract.EraseUser command, CancellationToken cancellationToken)
    {
        if (!MayBeChangedBy(command.Caller)) return Rejected(UserRejections.NotFound);
        var erase = new Rules.EraseUser(Now);
        var outcome = await ExecuteAsync(command.CommandId, state => UserDecider.Erase(state, erase), command.ExpectedVersion, cancellationToken);
        if (outcome.IsAccepted) await FinishErasure(command.CommandId, cancellationToken);
        return outcome.ToResult(UserRejections.Describe, UserRejectionReason.VersionMismatch);
    }

    public async Task FinishErasure(Guid causeId, CancellationToken cancellationToken)
    {
        if (Current.Status != Rules.UserStatus.Erased) return;
        await keys.DestroyAsync(Id, cancellationToken);
        await mailer.EraseAsync(Id, cancellationToken);
        await SettleClaimAsync(Current.EmailKey, causeId, cancellationToken);
    }

    public async Task<UserView?> Get(Caller caller, CancellationToken cancellationToken)
    {
        await LookAgainIfUnknownAsync();
        return CurrentVersion > 0 && caller.MaySee(Id) && Current.Status != Rules.UserStatus.Erased ? View() : null;
    }

    public Task<bool> HasEmail(string emailKey, CancellationToken cancellationToken) => Task.FromResult(Holds(emailKey));

    public Task SettleEmail(string emailKey, Guid causeId, CancellationToken cancellationToken) =>
        SettleClaimAsync(emailKey, causeId, cancellationToken);

    bool MayBeChangedBy(Caller caller) => CurrentVersion > 0 && caller.MayActFor(Id);

    bool Holds(string emailKey) =>
        Current.Status is Rules.UserStatus.Active or Rules.UserStatus.Deactivated && Current.EmailKey == emailKey;

    async Task<bool> ClaimAsync(string emailKey, Guid cause, CancellationToken cancellationToken) =>
        (await ClaimOf(emailKey).Claim(ClaimCommand("claim", cause, emailKey), Id, cancellationToken)).IsAccepted;

    /// <summary>Confirms the claim on the address the user has, and releases one on any other.</summary>
    async Task SettleClaimAsync(string emailKey, Guid cause, CancellationToken cancellationToken)
    {
        if (Holds(emailKey)) await ClaimOf(emailKey).Confirm(ClaimCommand("confirm", cause, emailKey), Id, cancellationToken);
        else await ClaimOf(emailKey).Release(ClaimCommand("release", cause, emailKey), Id, cancellationToken);
    }

    IEmailClaimGrain ClaimOf(string emailKey) => GrainFactory.GetGrain<IEmailClaimGrain>(emailKey);

    static Guid ClaimCommand(string verb, Guid cause, string emailKey) => DerivedId.From(verb, cause.ToString("N"), emailKey);

    CommandResult<UserRejectionReason> Rejected(Refusal<UserRejectionReason> refusal) =>
        CommandResult.Rejected(refusal.Reason, refusal.Detail, CurrentVersion);

    UserView View() => new(
        Id, Current.Email ?? PersonalKey.Erased, Current.Name ?? PersonalKey.Erased,
        Current.Status == Rules.UserStatus.Active ? Contract.UserStatus.Active : Contract.UserStatus.Inactive,
        Current.CreatedAt, Current.UpdatedAt, CurrentVersion);
}
