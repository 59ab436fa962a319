using Crescent.Domain.Users;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EventSourcing;

namespace Crescent.Grains.Users;

/// <summary>The domain's rejections of commands on a user, in the words of the contract.</summary>
static class UserRejections
{
    public static readonly Refusal<UserRejectionReason> NotFound = (UserRejectionReason.NotFound, "There is no such user.");
    public static readonly Refusal<UserRejectionReason> EmailTaken = (UserRejectionReason.EmailTaken, "Somebody else has this e-mail address.");
    public static readonly Refusal<UserRejectionReason> InvalidEmail = (UserRejectionReason.InvalidEmail, "This is not an e-mail address.");
    static readonly Refusal<UserRejectionReason> InvalidName =
        (UserRejectionReason.InvalidName, $"A name has 1 to {UserDecider.MaxNameLength} characters and no control characters.");
    static readonly Refusal<UserRejectionReason> AlreadyExists = (UserRejectionReason.AlreadyExists, "There is another user with this id.");
    static readonly Refusal<UserRejectionReason> Erased = (UserRejectionReason.Erased, "The user was erased.");

    public static Refusal<UserRejectionReason> Describe(CreateUserRejection rejection) => rejection switch
    {
        CreateUserRejection.InvalidEmail => InvalidEmail,
        CreateUserRejection.InvalidName => InvalidName,
        CreateUserRejection.AlreadyExists => AlreadyExists,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal<UserRejectionReason> Describe(UpdateUserRejection rejection) => rejection switch
    {
        UpdateUserRejection.NotFound => NotFound,
        UpdateUserRejection.Erased => Erased,
        UpdateUserRejection.InvalidEmail => InvalidEmail,
        UpdateUserRejection.InvalidName => InvalidName,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal<UserRejectionReason> Describe(DeactivateUserRejection rejection) => rejection switch
    {
        DeactivateUserRejection.NotFound => NotFound,
        DeactivateUserRejection.Erased => Erased,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal<UserRejectionReason> Describe(EraseUserRejection rejection) => rejection switch
    {
        EraseUserRejection.NotFound => NotFound,
        _ => throw new UnmappedRejectionException(rejection),
    };
}
