using Crescent.Testing;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.AdoNet;

public sealed class AdoNetClusterTests(AdoNetCluster cluster) : IClassFixture<AdoNetCluster>
{
    [Fact]
    public async Task Silos_OnOneDatabase_FormOneCluster()
    {
        var hosts = await cluster.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);

        Assert.Equal(2, hosts.Count);
        Assert.Equal(2, cluster.CountMembers(SiloStatus.Active));
    }

    [Fact]
    public async Task Grains_OfAClient_AreOnBothSilos()
    {
        var silos = new HashSet<SiloAddress>();

        // A silo that finds itself less busy may keep many new grains in a row.
        await Eventually.TrueAsync(async () => silos.Add(await NewGrain().Silo()) && silos.Count == 2, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Silo_ThatJoinsAndLeaves_IsDeadInTheTableAfterwards()
    {
        var dead = cluster.CountMembers(SiloStatus.Dead);
        var silo = await cluster.StartSiloAsync("silo-3");
        Assert.Equal(3, cluster.CountMembers(SiloStatus.Active));

        await cluster.StopSiloAsync(silo);

        Assert.Equal(2, cluster.CountMembers(SiloStatus.Active));
        Assert.Equal(dead + 1, cluster.CountMembers(SiloStatus.Dead));
    }

    [Fact]
    public async Task State_OfAGrain_IsThereInItsNextActivation()
    {
        var grain = NewGrain();
        await grain.Save("kept");
        await grain.Deactivate();

        Assert.Equal("kept", await grain.Text());
        await grain.Clear();
        Assert.Equal("", await grain.Text());
        await grain.Save("again");
        await grain.Deactivate();
        Assert.Equal("again", await grain.Text());
    }

    [Fact]
    public async Task Reminder_OfAGrain_TicksAndCanBeUnregistered()
    {
        var grain = NewGrain();

        await grain.Remind("once");

        await Trace.Of(grain.GetPrimaryKey().ToString("N")).WhenContains("once");
    }

    private ISavedGrain NewGrain() => cluster.Client.GetGrain<ISavedGrain>(Guid.CreateVersion7());
}
