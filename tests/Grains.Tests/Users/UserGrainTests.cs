using Crescent.GrainInterfaces;
using Crescent.GrainInterfaces.EmailClaims;
using Crescent.GrainInterfaces.Users;
using Crescent.Grains.EmailClaims;
using Crescent.Grains.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crescent.Grains.Tests.Users;

public sealed class UserGrainTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_ManyAtOnceWithOneAddress_OneHasIt()
    {
        await using var silo = await TestSilo.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RegisterAsync(silo, i % 2 == 0 ? "Ada@Example.test" : "ada@example.test")));

        Assert.Single(results, result => result.IsAccepted);
        Assert.All(results.Where(result => !result.IsAccepted), result => Assert.Equal(UserRejectionReason.EmailTaken, result.Reason));
    }

    [Fact]
    public async Task Register_Repeated_IsAnsweredLikeTheFirstTime()
    {
        await using var silo = await TestSilo.StartAsync();
        var (id, command) = (NewId(), new RegisterUser(Guid.CreateVersion7(), "ada@example.test", "Ada"));
        var first = await User(silo, id).Register(command, Ct);

        Assert.Equal(first, await User(silo, id).Register(command, Ct));
    }

    [Fact]
    public async Task Register_NameRejected_LeavesTheAddressFree()
    {
        await using var silo = await TestSilo.StartAsync();

        var rejected = await User(silo, NewId()).Register(new RegisterUser(Guid.CreateVersion7(), "ada@example.test", ""), Ct);
        var accepted = await RegisterAsync(silo, "ada@example.test");

        Assert.Equal(UserRejectionReason.InvalidName, rejected.Reason);
        Assert.True(accepted.IsAccepted);
    }

    [Fact]
    public async Task Update_AnotherAddress_ClaimsItAndFreesTheOld()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.UserAsync("old@example.test");
        await silo.UserAsync("taken@example.test");

        var taken = await UpdateEmailAsync(silo, id, "taken@example.test");
        var moved = await UpdateEmailAsync(silo, id, "new@example.test");

        Assert.Equal(UserRejectionReason.EmailTaken, taken.Reason);
        Assert.True(moved.IsAccepted);
        Assert.Equal("new@example.test", (await User(silo, id).Get(Caller.Hub, Ct))!.Email);
        Assert.True((await RegisterAsync(silo, "old@example.test")).IsAccepted);
        Assert.Equal(UserRejectionReason.EmailTaken, (await RegisterAsync(silo, "new@example.test")).Reason);
    }

    [Fact]
    public async Task Update_VersionPassed_LeavesTheNewAddressFree()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.UserAsync("old@example.test");

        var stale = await User(silo, id).Update(new UpdateUser(Guid.CreateVersion7(), Caller.Hub, "new@example.test", null, ExpectedVersion: 7), Ct);

        Assert.Equal(UserRejectionReason.VersionMismatch, stale.Reason);
        Assert.True((await RegisterAsync(silo, "new@example.test")).IsAccepted);
    }

    [Fact]
    public async Task Update_BySomebodyElse_IsNotFound()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.UserAsync();

        var result = await User(silo, id).Update(new UpdateUser(Guid.CreateVersion7(), new Caller("stranger", CallerRole.Customer), null, "Eve"), Ct);

        Assert.Equal(UserRejectionReason.NotFound, result.Reason);
        Assert.Null(await User(silo, id).Get(new Caller("stranger", CallerRole.Customer), Ct));
    }

    [Fact]
    public async Task Erase_User_DestroysTheKeyAndFreesTheAddress()
    {
        await using var silo = await TestSilo.StartAsync();
        var id = await silo.UserAsync("ada@example.test");

        var erased = await User(silo, id).Erase(new EraseUser(Guid.CreateVersion7(), new Caller(id, CallerRole.Customer)), Ct);

        Assert.True(erased.IsAccepted);
        Assert.Null(await User(silo, id).Get(Caller.Hub, Ct));
        Assert.True((await silo.Services.GetRequiredService<EventStore.PersonalData.IPersonalKeys>().GetOrCreateAsync(id, Ct)).IsDestroyed);
        Assert.Contains(id, silo.Mailer.Erased);
        Assert.True((await RegisterAsync(silo, "ada@example.test")).IsAccepted);
    }

    [Fact]
    public async Task Sweep_ClaimWithoutAUser_FreesTheAddressOnceItsTimeIsOver()
    {
        await using var silo = await TestSilo.StartAsync();
        var claim = Claim(silo, "ada@example.test");
        await claim.Claim(Guid.CreateVersion7(), "never-born", Ct);

        await claim.Sweep(Ct);
        var early = await RegisterAsync(silo, "ada@example.test");
        silo.Time.Shift(new EmailClaimOptions().PendingFor);
        await claim.Sweep(Ct);
        var late = await RegisterAsync(silo, "ada@example.test");

        Assert.Equal(UserRejectionReason.EmailTaken, early.Reason);
        Assert.True(late.IsAccepted);
    }

    [Fact]
    public async Task Sweep_ClaimWhoseConfirmationWasLost_ConfirmsIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var lost = true;
        silo.Store.BeforeAppend = request => lost && request.Events[0].Event is Domain.EmailClaims.EmailClaimEvent.Confirmed
            ? throw new InvalidOperationException("lost")
            : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<Exception>(() => RegisterAsync(silo, "ada@example.test"));
        lost = false;
        silo.Time.Shift(new EmailClaimOptions().PendingFor);

        await Claim(silo, "ada@example.test").Sweep(Ct);

        Assert.Equal(UserRejectionReason.EmailTaken, (await RegisterAsync(silo, "ada@example.test")).Reason);
    }

    static Task<CommandResult<UserRejectionReason>> RegisterAsync(TestSilo silo, string email) =>
        User(silo, NewId()).Register(new RegisterUser(Guid.CreateVersion7(), email, "Ada"), Ct);

    static Task<CommandResult<UserRejectionReason>> UpdateEmailAsync(TestSilo silo, string id, string email) =>
        User(silo, id).Update(new UpdateUser(Guid.CreateVersion7(), Caller.Hub, email, null), Ct);

    static IUserGrain User(TestSilo silo, string id) => silo.Grains.GetGrain<IUserGrain>(id);

    static IEmailClaimGrain Claim(TestSilo silo, string email) =>
        silo.Grains.GetGrain<IEmailClaimGrain>(silo.Services.GetRequiredService<Digests>().OfEmail(email));

    static string NewId() => Guid.CreateVersion7().ToString();
}
