namespace Crescent.GrainInterfaces.EmailClaims;

/// <summary>Who has one e-mail address. Key: hex HMAC of the normalised address, so that the address itself is nowhere.</summary>
[Alias("crescent.IEmailClaimGrain")]
public interface IEmailClaimGrain : IGrainWithStringKey
{
    /// <summary>Claims the address for a user; claiming again what one has changes nothing.</summary>
    [Alias("Claim")]
    Task<CommandResult<EmailClaimRejectionReason>> Claim(Guid commandId, string userId, CancellationToken cancellationToken = default);

    /// <summary>The user exists with this address: the claim does not run out any more.</summary>
    [Alias("Confirm")]
    Task<CommandResult<EmailClaimRejectionReason>> Confirm(Guid commandId, string userId, CancellationToken cancellationToken = default);

    /// <summary>Gives the address up, if this user has it.</summary>
    [Alias("Release")]
    Task<CommandResult<EmailClaimRejectionReason>> Release(Guid commandId, string userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks whether an old, unconfirmed claim is an orphan: confirms it if its user has the address after all, and
    /// releases it otherwise. For the sweeper; harmless at any time.
    /// </summary>
    [Alias("Sweep")]
    Task<CommandResult<EmailClaimRejectionReason>> Sweep(CancellationToken cancellationToken = default);
}

/// <summary>Why a command on a claim was rejected.</summary>
[GenerateSerializer, Alias("crescent.EmailClaimRejectionReason")]
public enum EmailClaimRejectionReason
{
    /// <summary>Another user has the address.</summary>
    Taken = 1,

    /// <summary>The claim still has time to be confirmed.</summary>
    NotDue = 2,
}
