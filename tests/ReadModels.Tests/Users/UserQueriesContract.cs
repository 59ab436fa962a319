using Crescent.Domain.Users;
using Crescent.EventStore;

namespace Crescent.ReadModels.Tests.Users;

public abstract class UserQueriesContract<TFixture> : ViewsContract<TFixture> where TFixture : ViewsFixture, new()
{
    [Fact]
    public async Task FindAsync_RegisteredUpdatedDeactivated_ShowsTheLastState()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada");
        await _fixture.AppendAsync(StreamCategory.User, "u1",
            new UserEvent.Updated("u1", "ada@lovelace.example", "Ada Lovelace", "k2", "k1", ViewsFixture.Start.AddHours(1)),
            new UserEvent.Deactivated("u1", ViewsFixture.Start.AddHours(2)));
        await _fixture.CatchUpAsync();

        var user = await _fixture.Users.FindAsync("u1", Ct);

        Assert.NotNull(user);
        Assert.Equal(("ada@lovelace.example", "Ada Lovelace", "inactive", 3), (user.Email, user.Name, user.Status, user.Version));
        Assert.Equal((ViewsFixture.Start, ViewsFixture.Start.AddHours(2)), (user.CreatedAt, user.UpdatedAt));
        Assert.Null(await _fixture.Users.FindAsync("u2", Ct));
    }

    [Theory]
    [InlineData("ada", "u1")]
    [InlineData("ADA", "u1")]
    [InlineData("lo", "u1,u2")]
    [InlineData("lovelace", "u1")]
    [InlineData("ada lovel", "u1")]
    [InlineData("ada@example.com", "u1")]
    [InlineData("exam", "u2,u1")]
    [InlineData("ada lott", "")]
    [InlineData("lovelaces", "")]
    [InlineData("김", "u3")]
    [InlineData("김철", "u3")]
    [InlineData("a", "")]
    [InlineData("@ ! '", "")]
    [InlineData("verylongname-thatgoesonandon", "u4")]
    public async Task ListAsync_Search_FindsByTheBeginningsOfWords(string search, string ids)
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await _fixture.RegisterAsync("u2", "lotte@example.org", "Lotte Reiniger");
        await _fixture.RegisterAsync("u3", "kim@host.test", "김철수");
        await _fixture.RegisterAsync("u4", "x@host.test", "Verylongname Thatgoesonandon");
        await _fixture.CatchUpAsync();

        var found = await _fixture.Users.ListAsync(search, new PageRequest(10), Ct);

        Assert.Equal(ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), found.Items.Select(user => user.Id).Order());
    }

    [Fact]
    public async Task ListAsync_SearchAfterARename_FindsTheNewNameOnly()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Byron");
        await _fixture.AppendAsync(StreamCategory.User, "u1", new UserEvent.Updated("u1", "ada@example.com", "Ada Lovelace", "k", null, ViewsFixture.Start));
        await _fixture.CatchUpAsync();

        Assert.Empty((await _fixture.Users.ListAsync("byron", new PageRequest(10), Ct)).Items);
        Assert.Single((await _fixture.Users.ListAsync("love", new PageRequest(10), Ct)).Items);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("person")]
    public async Task ListAsync_PageByPage_ShowsEachOnceWhileNewOnesCome(string? search)
    {
        for (var i = 0; i < 10; i++)
            await _fixture.RegisterAsync($"u{i}", $"u{i}@example.com", $"Person {i}");
        await _fixture.CatchUpAsync();

        var first = await _fixture.Users.ListAsync(search, new PageRequest(4), Ct);
        await _fixture.RegisterAsync("late", "late@example.com", "Person late");
        await _fixture.CatchUpAsync();
        var second = await _fixture.Users.ListAsync(search, new PageRequest(4, first.Next), Ct);
        var third = await _fixture.Users.ListAsync(search, new PageRequest(4, second.Next), Ct);

        Assert.Equal(
            Enumerable.Range(0, 10).Reverse().Select(i => $"u{i}"),
            first.Items.Concat(second.Items).Concat(third.Items).Select(user => user.Id));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task ListAsync_CursorOfSomethingElse_Throws() =>
        await Assert.ThrowsAsync<FormatException>(() => _fixture.Users.ListAsync(null, new PageRequest(4, "x"), Ct));

    [Fact]
    public async Task Projections_Any_StoreNothingPersonalInPlaintext()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada Lovelace");
        await _fixture.CatchUpAsync();

        await AssertAbsentAsync();
        await _fixture.FlushAsync();
        await AssertAbsentAsync();
    }

    [Fact]
    public async Task Erasure_KeyDestroyed_ReadsAsErasedAndIsFoundNoMore()
    {
        await _fixture.RegisterAsync("u1", "ada@example.com", "Ada Lovelace");
        await Scenario.OrderAsync(_fixture, "o1", "u1", "Ada Lovelace");
        await _fixture.CatchUpAsync();

        await _fixture.Store.PersonalKeys.DestroyAsync("u1", Ct);

        // The key alone decides, already before the projection has seen the event.
        Assert.Null((await _fixture.Users.FindAsync("u1", Ct))!.Name);
        Assert.Null((await _fixture.Orders.FindAsync("o1", Ct))!.UserName);

        await _fixture.AppendAsync(StreamCategory.User, "u1", new UserEvent.Erased("u1", "k", ViewsFixture.Start.AddDays(1)));
        await _fixture.CatchUpAsync();
        await _fixture.FlushAsync();

        var user = await _fixture.Users.FindAsync("u1", Ct);
        Assert.Equal((null, null, "erased", 2), (user!.Email, user.Name, user.Status, user.Version));
        Assert.Empty((await _fixture.Users.ListAsync("ada", new PageRequest(10), Ct)).Items);
        Assert.Empty((await _fixture.Users.ListAsync(null, new PageRequest(10), Ct)).Items);
        var order = await _fixture.Orders.FindAsync("o1", Ct);
        Assert.Equal((null, 200m), (order!.UserName, order.Total));
        await AssertAbsentAsync();
    }

    private async Task AssertAbsentAsync()
    {
        var raw = await _fixture.ReadRawAsync();
        foreach (var personal in (string[])["ada@example.com", "Lovelace", "lovelace", "Main St 1", "tok_ok"])
            Assert.DoesNotContain(personal, raw, StringComparison.OrdinalIgnoreCase);
    }
}
