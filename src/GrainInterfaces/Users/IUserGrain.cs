using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Users;

/// <summary>A registered user. Key: the user id.</summary>
[Alias("crescent.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Registers the user under this id; the address must be free, compared without regard to case.</summary>
    [Alias("Register")]
    Task<CommandResult<UserRejectionReason>> Register(RegisterUser command, CancellationToken cancellationToken = default);

    /// <summary>Changes the name or the address, or both.</summary>
    [Alias("Update")]
    Task<CommandResult<UserRejectionReason>> Update(UpdateUser command, CancellationToken cancellationToken = default);

    /// <summary>Takes the user out of use: no order may be placed for it from then on. Repeating it changes nothing.</summary>
    [Alias("Deactivate")]
    Task<CommandResult<UserRejectionReason>> Deactivate(DeactivateUser command, CancellationToken cancellationToken = default);

    /// <summary>Destroys the key of the user's personal data and frees the address. It can't be undone. Repeating it changes nothing.</summary>
    [Alias("Erase")]
    Task<CommandResult<UserRejectionReason>> Erase(EraseUser command, CancellationToken cancellationToken = default);

    /// <summary>The user as it is now; null if it does not exist, is erased, or is none of the caller's business.</summary>
    [Alias("Get"), ReadOnly]
    Task<UserView?> Get(Caller caller, CancellationToken cancellationToken = default);

    /// <summary>Whether the user has the address with this claim. For the sweeper of claims.</summary>
    [Alias("HasEmail"), ReadOnly]
    Task<bool> HasEmail(string emailKey, CancellationToken cancellationToken = default);

    /// <summary>Does what is left to be done for an erased user: its key, its mails, its address. Harmless at any time.</summary>
    [Alias("FinishErasure")]
    Task FinishErasure(Guid causeId, CancellationToken cancellationToken = default);

    /// <summary>Confirms the claim if the user has its address, and releases it otherwise. Harmless at any time.</summary>
    [Alias("SettleEmail")]
    Task SettleEmail(string emailKey, Guid causeId, CancellationToken cancellationToken = default);
}
