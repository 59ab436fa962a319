using Crescent.Domain.Users;

namespace Crescent.Domain.Tests.Users;

public sealed class UserDeciderTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly User Ada = User.Initial.Evolve(new UserEvent.Created("u1", "ada@example.org", "Ada", "key-ada", Now));
    static readonly User Inactive = Ada.Evolve(new UserEvent.Deactivated("u1", Now));
    static readonly User Erased = Ada.Evolve(new UserEvent.Erased("u1", "key-ada", Now));

    [Theory]
    [InlineData("ada", "Ada", CreateUserRejection.InvalidEmail)]
    [InlineData("ada@@example.org", "Ada", CreateUserRejection.InvalidEmail)]
    [InlineData("ada@example", "Ada", CreateUserRejection.InvalidEmail)]
    [InlineData("a da@example.org", "Ada", CreateUserRejection.InvalidEmail)]
    [InlineData("ada@example.org", " ", CreateUserRejection.InvalidName)]
    [InlineData("ada@example.org", "A\nda", CreateUserRejection.InvalidName)]
    public void Create_BadField_IsRejectedByName(string email, string name, CreateUserRejection reason) =>
        Assert.Equal(reason, UserDecider.Create(User.Initial, new CreateUser("u1", email, name, "key", Now)).Rejection);

    [Fact]
    public void Create_OtherDataOrEndedUser_AlreadyExists()
    {
        Assert.Equal(
            CreateUserRejection.AlreadyExists,
            UserDecider.Create(Ada, new CreateUser("u1", "bob@example.org", "Bob", "key-bob", Now)).Rejection);
        Assert.Equal(
            CreateUserRejection.AlreadyExists,
            UserDecider.Create(Erased, new CreateUser("u1", "ada@example.org", "Ada", "key-ada", Now)).Rejection);
    }

    [Fact]
    public void Update_NewEmail_NamesTheClaimToRelease()
    {
        var updated = Assert.IsType<UserEvent.Updated>(
            Assert.Single(UserDecider.Update(Ada, new UpdateUser("bob@example.org", null, "key-bob", Now)).Events));
        Assert.Equal(("bob@example.org", "Ada", "key-bob", "key-ada"), (updated.Email, updated.Name, updated.EmailKey, updated.ReleasedEmailKey));
    }

    [Fact]
    public void Update_NameOnly_KeepsTheClaim()
    {
        var updated = Assert.IsType<UserEvent.Updated>(
            Assert.Single(UserDecider.Update(Ada, new UpdateUser(null, "Ada L.", null, Now)).Events));
        Assert.Equal(("ada@example.org", "key-ada", null), (updated.Email, updated.EmailKey, updated.ReleasedEmailKey));
    }

    [Fact]
    public void Update_NotPossible_IsRejectedByName()
    {
        Assert.Equal(UpdateUserRejection.NotFound, UserDecider.Update(User.Initial, new UpdateUser(null, "Bob", null, Now)).Rejection);
        Assert.Equal(UpdateUserRejection.Erased, UserDecider.Update(Erased, new UpdateUser(null, "Bob", null, Now)).Rejection);
        Assert.Equal(UpdateUserRejection.InvalidEmail, UserDecider.Update(Ada, new UpdateUser("bob", null, "key", Now)).Rejection);
        Assert.Equal(UpdateUserRejection.InvalidEmail, UserDecider.Update(Ada, new UpdateUser("bob@example.org", null, null, Now)).Rejection);
        Assert.Equal(UpdateUserRejection.InvalidName, UserDecider.Update(Ada, new UpdateUser(null, "", null, Now)).Rejection);
    }

    [Fact]
    public void DeactivateAndErase_NotPossible_AreRejectedByName()
    {
        Assert.Equal(DeactivateUserRejection.NotFound, UserDecider.Deactivate(User.Initial, new DeactivateUser(Now)).Rejection);
        Assert.Equal(DeactivateUserRejection.Erased, UserDecider.Deactivate(Erased, new DeactivateUser(Now)).Rejection);
        Assert.Equal(EraseUserRejection.NotFound, UserDecider.Erase(User.Initial, new EraseUser(Now)).Rejection);
    }

    [Fact]
    public void Erase_Inactive_IsAccepted() =>
        Assert.Equal("key-ada", Assert.IsType<UserEvent.Erased>(Assert.Single(UserDecider.Erase(Inactive, new EraseUser(Now)).Events)).EmailKey);

    [Fact]
    public void ToString_OfEventsAndState_ShowsNothingPersonal()
    {
        var created = new UserEvent.Created("u1", "ada@example.org", "Ada", "key", Now);
        Assert.DoesNotContain("Ada", $"{created} {User.Initial.Evolve(created)}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Json_OfPersonalData_DoesNotStoreTheSubjectTwice() =>
        Assert.DoesNotContain("Subject", Json.Of(new UserEvent.Created("u1", "ada@example.org", "Ada", "key", Now)), StringComparison.Ordinal);
}
