using Crescent.EventStore;

namespace Crescent.ReadModels.Tests.Postgres;

public sealed class PostgresViewsTests : ViewsContract<PostgresViewsFixture>
{
    [Fact]
    public async Task MigrateAsync_ManyProcessesAtOnce_OneDoesIt() =>
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _fixture.Open(_fixture.Options).MigrateAsync(Ct)));

    [Fact]
    public async Task Start_TablesOfANewerRelease_IsRefused()
    {
        _fixture.Server.Execute(_fixture.Database, "UPDATE schema_versions SET version = 99 WHERE component = 'read-models'");

        await Assert.ThrowsAsync<SchemaTooNewException>(() => _fixture.Postgres.MigrateAsync(Ct));
        await Assert.ThrowsAsync<SchemaTooNewException>(() => _fixture.Postgres.RefuseNewerAsync(Ct));
    }

    [Fact]
    public async Task Query_NobodyHasMigratedYet_IsUnavailable()
    {
        _fixture.Server.Execute(_fixture.Database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");

        await _fixture.Postgres.RefuseNewerAsync(Ct);
        await Assert.ThrowsAsync<EventStoreUnavailableException>(() => _fixture.Products.FindAsync("p1", Ct));
    }

    [Fact]
    public async Task Query_ConnectionsCut_IsTriedAgain()
    {
        await Scenario.ProductAsync(_fixture, "p1", "Lamp", 10);
        await _fixture.CatchUpAsync();
        _fixture.Server.Disconnect(_fixture.Database);

        Assert.NotNull(await _fixture.Products.FindAsync("p1", Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Views")]
    [InlineData("a; drop")]
    [InlineData("1st")]
    public void Options_SchemaThatIsNoName_IsNamed(string schema) => Assert.Contains(
        "Schema", Assert.Throws<ArgumentException>((_fixture.Options with { Schema = schema }).Validate).Message, StringComparison.Ordinal);
}
