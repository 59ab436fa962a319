namespace Crescent.Domain.Users;

public sealed record CreateUser(string UserId, string Email, string Name, string EmailKey, DateTimeOffset Now);

/// <summary>Null leaves a field as it is; an address comes with the key of its claim.</summary>
public sealed record UpdateUser(string? Email, string? Name, string? EmailKey, DateTimeOffset Now);

public sealed record DeactivateUser(DateTimeOffset Now);

public sealed record EraseUser(DateTimeOffset Now);

public enum CreateUserRejection
{
    InvalidEmail,
    InvalidName,
    AlreadyExists,
}

public enum UpdateUserRejection
{
    NotFound,
    Erased,
    InvalidEmail,
    InvalidName,
}

public enum DeactivateUserRejection
{
    NotFound,
    Erased,
}

public enum EraseUserRejection
{
    NotFound,
}

public static class UserDecider
{
    public const int MaxNameLength = 200;

    public static Decision<UserEvent, CreateUserRejection> Create(User state, CreateUser command)
    {
        if (!EmailAddress.IsValid(command.Email)) return CreateUserRejection.InvalidEmail;
        if (!IsValidName(command.Name)) return CreateUserRejection.InvalidName;
        var email = command.Email.Trim();
        var name = command.Name.Trim();
        if (state.Status is UserStatus.None)
            return new UserEvent.Created(command.UserId, email, name, command.EmailKey, command.Now);
        return state.Status is UserStatus.Active && state.Email == email && state.Name == name
            ? AlreadySo.Instance
            : CreateUserRejection.AlreadyExists;
    }

    public static Decision<UserEvent, UpdateUserRejection> Update(User state, UpdateUser command)
    {
        if (state.Status is UserStatus.None) return UpdateUserRejection.NotFound;
        if (state.Status is UserStatus.Erased) return UpdateUserRejection.Erased;
        if (command.Email is not null && (!EmailAddress.IsValid(command.Email) || command.EmailKey is null))
            return UpdateUserRejection.InvalidEmail;
        if (command.Name is not null && !IsValidName(command.Name)) return UpdateUserRejection.InvalidName;

        var email = command.Email?.Trim() ?? state.Email;
        var name = command.Name?.Trim() ?? state.Name;
        if (email == state.Email && name == state.Name) return AlreadySo.Instance;
        var key = command.Email is null ? state.EmailKey : command.EmailKey!;
        var released = key == state.EmailKey ? null : state.EmailKey;
        return new UserEvent.Updated(state.UserId, email, name, key, released, command.Now);
    }

    public static Decision<UserEvent, DeactivateUserRejection> Deactivate(User state, DeactivateUser command) =>
        state.Status switch
        {
            UserStatus.None => DeactivateUserRejection.NotFound,
            UserStatus.Erased => DeactivateUserRejection.Erased,
            UserStatus.Deactivated => AlreadySo.Instance,
            _ => new UserEvent.Deactivated(state.UserId, command.Now),
        };

    public static Decision<UserEvent, EraseUserRejection> Erase(User state, EraseUser command) =>
        state.Status switch
        {
            UserStatus.None => EraseUserRejection.NotFound,
            UserStatus.Erased => AlreadySo.Instance,
            _ => new UserEvent.Erased(state.UserId, state.EmailKey, command.Now),
        };

    static bool IsValidName(string? name) => ShortText.IsValid(name, MaxNameLength);
}
