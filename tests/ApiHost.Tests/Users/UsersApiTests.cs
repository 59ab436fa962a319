using System.Net;
using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.ApiHost.Tests.Users;

public sealed class UsersApiTests(HostFixture fixture)
{
    readonly RunningCrescent _host = fixture.Host;

    [Fact]
    public async Task RegisterUser_WithANewAddress_CreatesIt()
    {
        var email = $"{Guid.NewGuid():N}@Example.com";

        var answer = await _host.As(null).Post("/api/v1/users", new { email, name = "이순신" });

        var user = answer.Expect(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/users/{user["id"]}", answer.Message.Headers.Location?.ToString());
        Assert.Equal((email, "이순신", "active"), ((string?)user["email"], (string?)user["name"], (string?)user["status"]));
        Assert.Equal($"\"{(int)user["version"]!}\"", answer.Message.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task RegisterUser_WithATakenAddressInAnotherCase_IsRefused()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        await _host.RegisterAsync(email: email);

        var answer = await _host.As(null).Post("/api/v1/users", new { email = email.ToUpperInvariant(), name = "Kim" });

        answer.Expect(HttpStatusCode.Conflict);
        Assert.Equal("email-taken", answer.Problem);
    }

    [Fact]
    public async Task RegisterUser_TwentyTimesAtOnceWithOneAddress_CreatesOne()
    {
        var email = $"{Guid.NewGuid():N}@example.com";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _host.As(null).Post("/api/v1/users", new { email, name = "Kim" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.Problem == "email-taken"));
    }

    [Fact]
    public async Task RegisterUser_WithAnImpossibleAddress_IsRefused()
    {
        var answer = await _host.As(null).Post("/api/v1/users", new { email = "nobody at all", name = "Kim" });

        answer.Expect(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("invalid-value", answer.Problem);
    }

    [Fact]
    public async Task UpdateUser_AtTheVersionItIs_ChangesIt()
    {
        var id = await _host.RegisterAsync("Old");
        var tag = (await _host.As(id).Get($"/api/v1/users/{id}")).Message.Headers.ETag!.Tag;

        var changed = await _host.As(id).Patch($"/api/v1/users/{id}", new { name = "New" }, ("If-Match", tag));
        var late = await _host.As(id).Patch($"/api/v1/users/{id}", new { name = "Late" }, ("If-Match", tag));

        Assert.Equal("New", (string?)changed.Expect(HttpStatusCode.OK)["name"]);
        late.Expect(HttpStatusCode.PreconditionFailed);
        Assert.Equal("precondition-failed", late.Problem);
    }

    [Fact]
    public async Task UpdateUser_NameAndStatusAtOnce_ChangesBoth()
    {
        var id = await _host.RegisterAsync("Old");
        var tag = (await _host.As(id).Get($"/api/v1/users/{id}")).Message.Headers.ETag!.Tag;

        var user = (await _host.As(id).Patch($"/api/v1/users/{id}", new { name = "New", status = "inactive" }, ("If-Match", tag))).Expect(HttpStatusCode.OK);

        Assert.Equal(("New", "inactive"), ((string?)user["name"], (string?)user["status"]));
    }

    [Fact]
    public async Task EraseUser_Existing_FreesItsAddressAndHidesIt()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var id = await _host.RegisterAsync(email: email);

        var erased = await _host.As(id).Delete($"/api/v1/users/{id}");

        Assert.Equal(HttpStatusCode.NoContent, erased.Status);
        Assert.Equal("user-not-found", (await _host.AsAdmin().Get($"/api/v1/users/{id}")).Problem);
        await Eventually.GetAsync(
            () => _host.As(null).Post("/api/v1/users", new { email, name = "Kim" }), answer => answer.Status == HttpStatusCode.Created, TestContext.Current.CancellationToken);
    }
}
