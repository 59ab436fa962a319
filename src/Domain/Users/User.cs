namespace Crescent.Domain.Users;

public abstract record UserEvent : IDomainEvent
{
    UserEvent()
    {
    }

    public sealed override string ToString() => GetType().Name;

    /// <param name="EmailKey">Key of the address's claim (a keyed hash of it), which outlives the address itself.</param>
    public sealed record Created(
        string UserId,
        [property: Personal] string? Email,
        [property: Personal] string? Name,
        string EmailKey,
        DateTimeOffset At) : UserEvent, IPersonalData
    {
        string IPersonalData.SubjectId => UserId;
    }

    /// <summary>Everything as it is afterwards, changed or not.</summary>
    /// <param name="ReleasedEmailKey">The claim that is no longer needed, when the address has changed.</param>
    public sealed record Updated(
        string UserId,
        [property: Personal] string? Email,
        [property: Personal] string? Name,
        string EmailKey,
        string? ReleasedEmailKey,
        DateTimeOffset At) : UserEvent, IPersonalData
    {
        string IPersonalData.SubjectId => UserId;
    }

    public sealed record Deactivated(string UserId, DateTimeOffset At) : UserEvent;

    /// <summary>The user's key is to be destroyed and the claim on the address released.</summary>
    public sealed record Erased(string UserId, string EmailKey, DateTimeOffset At) : UserEvent;
}

public enum UserStatus
{
    None,
    Active,
    Deactivated,
    Erased,
}

public sealed record User : IPersonalData
{
    public static User Initial { get; } = new();

    public string UserId { get; init; } = "";

    public UserStatus Status { get; init; }

    [Personal]
    public string? Email { get; init; }

    [Personal]
    public string? Name { get; init; }

    public string EmailKey { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    string IPersonalData.SubjectId => UserId;

    public User Evolve(UserEvent happened) => (Status, happened) switch
    {
        (UserStatus.None, UserEvent.Created e) => new User
        {
            UserId = e.UserId,
            Status = UserStatus.Active,
            Email = e.Email,
            Name = e.Name,
            EmailKey = e.EmailKey,
            CreatedAt = e.At,
            UpdatedAt = e.At,
        },
        (UserStatus.Active or UserStatus.Deactivated, UserEvent.Updated e) =>
            this with { Email = e.Email, Name = e.Name, EmailKey = e.EmailKey, UpdatedAt = e.At },
        (UserStatus.Active, UserEvent.Deactivated e) =>
            this with { Status = UserStatus.Deactivated, UpdatedAt = e.At },
        (UserStatus.Active or UserStatus.Deactivated, UserEvent.Erased e) =>
            this with { Status = UserStatus.Erased, Email = null, Name = null, UpdatedAt = e.At },
        _ => throw new ImpossibleEventException(nameof(User), Status, happened),
    };

    public override string ToString() => $"{nameof(User)} {UserId}: {Status}";
}
