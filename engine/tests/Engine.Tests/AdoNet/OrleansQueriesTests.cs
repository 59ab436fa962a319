using Crescent.Testing;
using Orleans.AdoNet;
using Orleans.Runtime;

namespace Engine.Tests.AdoNet;

public sealed class OrleansQueriesTests : IDisposable
{
    private readonly string _database = PostgresServer.Instance.TakeDatabase();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DatabaseSettings Settings => new("SomeOptions", DatabaseSettings.Npgsql, $"{PostgresServer.Instance.ConnectionString(_database)};Pooling=false", null);

    public void Dispose() => PostgresServer.Instance.GiveBack(_database);

    [Fact]
    public async Task Load_WithoutTheTable_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => OrleansQueries.LoadAsync(Settings, ["A"], Ct));

        Assert.Contains("SomeOptions has no table OrleansQuery", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_WithoutSomeStatements_NamesThem()
    {
        AddStatement("A", "SELECT 1");

        var exception = await Assert.ThrowsAsync<OrleansConfigurationException>(() => OrleansQueries.LoadAsync(Settings, ["A", "B", "C"], Ct));

        Assert.Contains("lacks B, C;", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PassesParametersByNameAndNulls()
    {
        AddStatement("A", "SELECT @Right || @Left, CAST(@Missing AS int)");
        var queries = await OrleansQueries.LoadAsync(Settings, ["A"], Ct);

        var rows = await queries.ReadAsync("A", add =>
        {
            add("Left", "l");
            add("Right", "r");
            add("Missing", null);
        }, row => (row.GetString(0), row.IsDBNull(1)), Ct);

        Assert.Equal([("rl", true)], rows);
    }

    [Fact]
    public async Task ReadOne_OfNoRow_NamesTheStatement()
    {
        AddStatement("A", "SELECT 1 WHERE false");
        var queries = await OrleansQueries.LoadAsync(Settings, ["A"], Ct);

        var exception = await Assert.ThrowsAsync<OrleansException>(() => queries.ReadOneAsync("A", _ => { }, row => row.GetInt32(0), Ct));

        Assert.Contains("statement A ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.Data.SqlClient", "Host=x", "Invariant")]
    [InlineData(null, "Host=x", "Invariant")]
    [InlineData("Npgsql", " ", "ConnectionString")]
    public void Validate_WithoutWhatIsNeeded_NamesTheSetting(string? invariant, string connectionString, string setting)
    {
        var exception = Assert.Throws<OrleansConfigurationException>(() => new DatabaseSettings("SomeOptions", invariant, connectionString, null).Validate());

        Assert.Contains("SomeOptions", exception.Message, StringComparison.Ordinal);
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    private void AddStatement(string key, string text) =>
        PostgresServer.Instance.Execute(_database, $"CREATE TABLE IF NOT EXISTS OrleansQuery (QueryKey text, QueryText text); INSERT INTO OrleansQuery VALUES ('{key}', '{text}')");
}
