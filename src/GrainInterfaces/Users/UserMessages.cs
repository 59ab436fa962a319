namespace Crescent.GrainInterfaces.Users;

/// <summary>Registers a user.</summary>
/// <param name="CommandId">Same id, same command: a repetition is answered like the first time.</param>
/// <param name="Email">An e-mail address as the user wrote it.</param>
/// <param name="Name">What the user is called.</param>
[GenerateSerializer, Immutable, Alias("crescent.RegisterUser")]
public sealed record RegisterUser([property: Id(0)] Guid CommandId, [property: Id(1)] string Email, [property: Id(2)] string Name);

/// <summary>Changes what a user is called or where its mail goes; what is null stays as it is.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">On whose behalf.</param>
/// <param name="Email">The new address, or null.</param>
/// <param name="Name">The new name, or null.</param>
/// <param name="ExpectedVersion">The version the change was based on; any other is rejected as <see cref="UserRejectionReason.VersionMismatch"/>. Null: whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.UpdateUser")]
public sealed record UpdateUser(
    [property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller, [property: Id(2)] string? Email,
    [property: Id(3)] string? Name, [property: Id(4)] int? ExpectedVersion = null);

/// <summary>Takes a user out of use.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">On whose behalf.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.DeactivateUser")]
public sealed record DeactivateUser([property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller, [property: Id(2)] int? ExpectedVersion = null);

/// <summary>Erases a user.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Caller">On whose behalf.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.EraseUser")]
public sealed record EraseUser([property: Id(0)] Guid CommandId, [property: Id(1)] Caller Caller, [property: Id(2)] int? ExpectedVersion = null);

/// <summary>Where a user is in its life.</summary>
[GenerateSerializer, Alias("crescent.UserStatus")]
public enum UserStatus
{
    /// <summary>May order.</summary>
    Active = 0,

    /// <summary>Known, but may not order.</summary>
    Inactive = 1,

    /// <summary>Personal data is gone for ever.</summary>
    Erased = 2,
}

/// <summary>Why a command on a user was rejected.</summary>
[GenerateSerializer, Alias("crescent.UserRejectionReason")]
public enum UserRejectionReason
{
    /// <summary>There is no such user, or it is none of the caller's business.</summary>
    NotFound = 1,

    /// <summary>The id is already another registration's.</summary>
    AlreadyExists = 2,

    /// <summary>Somebody else has this address.</summary>
    EmailTaken = 3,

    /// <summary>The address can't be one.</summary>
    InvalidEmail = 4,

    /// <summary>The name is empty or too long.</summary>
    InvalidName = 5,

    /// <summary>The user was erased.</summary>
    Erased = 6,

    /// <summary>The user has changed since the version the caller knows.</summary>
    VersionMismatch = 7,
}

/// <summary>A user as it is at a version.</summary>
/// <param name="Id">User id.</param>
/// <param name="Email">Address as the user wrote it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="CreatedAt">When it registered.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.UserView")]
public sealed record UserView(
    [property: Id(0)] string Id, [property: Id(1)] string Email, [property: Id(2)] string Name, [property: Id(3)] UserStatus Status,
    [property: Id(4)] DateTimeOffset CreatedAt, [property: Id(5)] DateTimeOffset UpdatedAt, [property: Id(6)] int Version);
