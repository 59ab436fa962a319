using System.Globalization;
using Orleans.Configuration;

namespace Orleans.Behaviours.AdoNet;

/// <summary>A silo on a database that isn't set up as it must be.</summary>
[Collection(nameof(AdoNetSilo))]
public sealed class AdoNetSetUpTests(AdoNetSilo silo)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Script_AppliedAgain_KeepsWhatThereIs()
    {
        using var database = new OrleansDatabase();
        database.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES ('kept', 7)");

        database.SetUp();

        Assert.Equal(7, database.Query<int>("SELECT Version FROM OrleansMembershipVersionTable"));
    }

    [Fact]
    public async Task Script_AppliedByManyAtOnce_SetsUpOnce()
    {
        using var database = new OrleansDatabase();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(database.SetUp, Ct)));

        Assert.Equal(20, database.Query<long>("SELECT count(*) FROM OrleansQuery"));
    }

    [Theory]
    [InlineData("ReadRangeRows2Key")]
    [InlineData("WriteToStorageKey")]
    public async Task Silo_OnADatabaseThatLacksAStatement_DoesNotStart(string key)
    {
        using var hosts = new AdoNetHosts();
        hosts.Database.Execute(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM OrleansQuery WHERE QueryKey = '{key}'"));
        using var host = hosts.BuildSilo("incomplete");

        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Ct));
    }

    [Fact]
    public async Task Silo_WithoutAConnectionString_DoesNotStart()
    {
        using var host = silo.Hosts.BuildSilo("unconnected", builder => builder.Configure<AdoNetClusteringSiloOptions>(options => options.ConnectionString = ""));

        await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync(Ct));
    }

    [Fact]
    public async Task Silo_WithoutADriver_DoesNotStart()
    {
        using var host = silo.Hosts.BuildSilo("undriven", builder => builder.Configure<AdoNetReminderTableOptions>(options => options.Invariant = ""));

        await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync(Ct));
    }
}
