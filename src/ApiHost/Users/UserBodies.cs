using System.ComponentModel.DataAnnotations;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces.Users;
using Crescent.ReadModels.Users;

namespace Crescent.ApiHost.Users;

/// <summary>Registers a user.</summary>
internal sealed record RegisterUserBody
{
    /// <summary>E-mail address; no two users share one, whatever their case.</summary>
    [StringLength(254, MinimumLength = 3)]
    public required string Email { get; init; }

    /// <summary>What the user is called.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }
}

/// <summary>Changes a user; what is left out stays as it is.</summary>
internal sealed record UpdateUserBody : IChecked
{
    /// <summary>The new e-mail address.</summary>
    [StringLength(254, MinimumLength = 3)]
    public string? Email { get; init; }

    /// <summary>The new name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary><c>inactive</c> takes the user out of use; there is no way back.</summary>
    [AllowedValues("inactive", ErrorMessage = "must be \"inactive\"")]
    public string? Status { get; init; }

    public void Check(FieldErrors errors)
    {
        if (Email is null && Name is null && Status is null)
            errors.Add("body", "must change at least one of email, name, status");
    }
}

/// <summary>A user.</summary>
/// <param name="Id">User id.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Name">What the user is called.</param>
/// <param name="Status"><c>active</c> or <c>inactive</c>.</param>
/// <param name="CreatedAt">When it registered.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Version">Its version, as in the ETag.</param>
internal sealed record UserBody(
    string Id, string Email, string Name, UserStatus Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public static UserBody Of(UserView user) =>
        new(user.Id, user.Email, user.Name, user.Status, user.CreatedAt, user.UpdatedAt, user.Version);

    /// <summary>A user of the read model, whose key may have been destroyed a moment ago.</summary>
    public static UserBody Of(UserRow user) => new(
        user.Id, user.Email ?? "", user.Name ?? "", Enum.Parse<UserStatus>(user.Status, ignoreCase: true), user.CreatedAt, user.UpdatedAt, user.Version);
}
