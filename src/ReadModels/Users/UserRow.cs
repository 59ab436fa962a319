namespace Crescent.ReadModels.Users;

/// <summary>A user as the read model shows it.</summary>
/// <param name="Email">Null once the user is erased; so is <paramref name="Name"/>.</param>
/// <param name="Status"><c>active</c>, <c>inactive</c> or <c>erased</c>.</param>
/// <param name="Version">The version of the user that is shown.</param>
public sealed record UserRow(
    string Id, string? Email, string? Name, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version);
