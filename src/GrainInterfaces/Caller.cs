namespace Crescent.GrainInterfaces;

/// <summary>What a caller may do. Each role stands alone; none includes another.</summary>
[GenerateSerializer, Alias("crescent.CallerRole")]
public enum CallerRole
{
    /// <summary>A buyer: sees and changes only what is its own.</summary>
    Customer = 0,

    /// <summary>Another program or a part of this one: acts for any user.</summary>
    Service = 1,

    /// <summary>Looks after running orders: sees everything, changes sagas.</summary>
    Operator = 2,

    /// <summary>Runs the shop: acts for any user.</summary>
    Admin = 3,
}

/// <summary>
/// On whose behalf a call is made. Who may see what is decided by the grain beside the data: what belongs to somebody
/// else is answered exactly like what does not exist.
/// </summary>
/// <param name="UserId">The authenticated subject: a user id for customers, a client id for the other roles.</param>
/// <param name="Role">What it may do.</param>
[GenerateSerializer, Immutable, Alias("crescent.Caller")]
public sealed record Caller([property: Id(0)] string UserId, [property: Id(1)] CallerRole Role)
{
    /// <summary>The hub itself, when one of its grains asks another.</summary>
    public static Caller Hub { get; } = new("crescent", CallerRole.Service);

    /// <summary>Whether this caller may read what belongs to the user.</summary>
    public bool MaySee(string ownerId) => Role != CallerRole.Customer || string.Equals(UserId, ownerId, StringComparison.Ordinal);

    /// <summary>Whether this caller may change what belongs to the user.</summary>
    public bool MayActFor(string ownerId) =>
        Role is CallerRole.Admin or CallerRole.Service || (Role == CallerRole.Customer && MaySee(ownerId));
}
