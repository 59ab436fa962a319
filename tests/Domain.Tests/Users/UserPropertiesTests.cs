using Crescent.Domain.Users;
using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests.Users;

public sealed class UserPropertiesTests : AggregateProperties<User, UserEvent>
{
    static readonly Gen<string> AnyEmail = Gen.Elements("ada@example.org", " Ada@Example.org", "bob@example.org", "nonsense", "");
    static readonly Gen<string> AnyName = Gen.Elements("Ada", "Ada ", "Bob", "", " ");

    protected override User Initial => User.Initial;

    protected override Gen<Operation<User, UserEvent>> AnyOperation => Gen.Frequency(
        (3, from email in AnyEmail
            from name in AnyName
            from now in AnyTime
            select Of(
                UserDecider.Create, new CreateUser("u1", email, name, "key-" + email, now))),
        (5, from email in Gen.OneOf(AnyEmail.Select(string? (it) => it), Gen.Constant<string?>(null))
            from name in Gen.OneOf(AnyName.Select(string? (it) => it), Gen.Constant<string?>(null))
            from now in AnyTime
            select Of(
                UserDecider.Update, new UpdateUser(email, name, email is null ? null : "key-" + email, now))),
        (1, AnyTime.Select(now => Of(
            UserDecider.Deactivate, new DeactivateUser(now)))),
        (1, AnyTime.Select(now => Of(
            UserDecider.Erase, new EraseUser(now)))));

    protected override User Evolve(User state, UserEvent happened) => state.Evolve(happened);

    protected override void AssertInvariants(
        Journal<User, UserEvent> journal, Operation<User, UserEvent> last, Outcome<UserEvent> outcome)
    {
        if (journal.State.Status is UserStatus.Erased)
        {
            Assert.Null(journal.State.Email);
            Assert.Null(journal.State.Name);
            Assert.IsType<UserEvent.Erased>(journal.Events[^1]);
        }
        else if (journal.State.Status is not UserStatus.None)
        {
            Assert.True(EmailAddress.IsValid(journal.State.Email));
            Assert.Equal("key-" + journal.State.Email, journal.State.EmailKey.Replace("key- ", "key-", StringComparison.Ordinal));
        }
    }
}
