using System.Net;
using System.Text;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Checks;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.StoreGuard;

/// <summary>
/// Silos that are wrong about who is responsible for a grain: both may try, and the store lets one of them append a version.
/// </summary>
public sealed class StoreGuardTests(HostFixture fixture) : WholeCluster(fixture)
{
    /// <summary>Only stock that is received is written like this, and by nobody but the product's own grain.</summary>
    static readonly byte[] Receipt = Encoding.UTF8.GetBytes("stock.received");

    [Fact]
    public async Task AppendOnItsWay_OfASiloDeclaredDead_IsRefusedWhenItArrivesAndTheSiloEnds()
    {
        var (product, silo) = await ProductOnASiloAsync();
        var held = Cluster.Proxy(silo).HoldAsync(Receipt);
        var first = ReceiveAsync(product, 7);
        var statement = await held.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        // It holds an append for the version that somebody else takes meanwhile.
        Cluster.Freeze(silo);
        var (second, refused) = (await ReceiveUntilAcceptedAsync(product, 5), AppendAnswer.Parse(await statement.ReleaseAsync()));

        Assert.All(refused.LastPositions, Assert.Null);
        Assert.NotEmpty(refused.LastPositions);
        Cluster.Thaw(silo);
        await EndsByItselfAsync(silo);
        await first;
        await AssertOneWinnerAsync(product, second);
        await SaysAsync(silo, "dead");
    }

    [Fact]
    public async Task Silo_ThatLostItsDatabase_AppendsNothingWhileTheOthersGoOn()
    {
        var (product, silo) = await ProductOnASiloAsync();
        Cluster.Proxy(silo).Close();
        try
        {
            var second = await ReceiveUntilAcceptedAsync(product, 5);
            await AssertOneWinnerAsync(product, second);
            await SaysAsync(silo, ClusterScript.Engine == "engine" ? "suspend" : "EventStoreUnavailable");
        }
        finally
        {
            Cluster.Proxy(silo).Heal();
        }

        await Cluster.HealAsync();
        await AssertOneWinnerAsync(product, await ReceiveUntilAcceptedAsync(product, 3));
    }

    /// <summary>A product whose grain is active, and the silo that it lives on.</summary>
    async Task<(string Product, string Silo)> ProductOnASiloAsync()
    {
        var product = await Host.AddProductAsync(stock: 1);
        await using var locations = await GrainLocations.ConnectAsync(Cluster);
        return (product, (await locations.OfAsync("inventory"))[product]);
    }

    Task<Answer> ReceiveAsync(string product, int quantity) => Host.AsAdmin().Post($"/api/v1/products/{product}/stock", new { received = quantity });

    /// <summary>The version that the accepted receipt made.</summary>
    async Task<int> ReceiveUntilAcceptedAsync(string product, int quantity)
    {
        var answer = await Eventually.GetAsync(
            () => ReceiveAsync(product, quantity), answer => answer.Status is HttpStatusCode.OK, Ct);
        return (int)answer.Body!["version"]!;
    }

    Task EndsByItselfAsync(string silo) => Eventually.TrueAsync(() => Task.FromResult(Cluster.ProcessOf(silo) is null), Ct);

    /// <summary>Its log names the reason.</summary>
    Task SaysAsync(string silo, string reason) => Eventually.TrueAsync(
        async () => (await File.ReadAllTextAsync(Cluster.Log(silo), Ct)).Contains(reason, StringComparison.OrdinalIgnoreCase), Ct);

    async Task AssertOneWinnerAsync(string product, int version)
    {
        var log = await StoredLog.ReadAsync(Cluster);
        Assert.All(LogCheck.Run(log), check => Assert.Empty(check.Faults));
        var own = log.Events.Where(e => e.StreamId == product && e.Category == "inventory").ToList();
        Assert.Contains(own, e => e.Version == version && e.Type == "stock.received");
        Assert.InRange(own.Count(e => e.Type == "stock.received" && (int)e.Data["quantity"]! == 7), 0, 1);
        await Eventually.GetAsync(
            async () => (int)(await Host.As(null).Get($"/api/v1/products/{product}")).Expect(HttpStatusCode.OK)["version"]!, shown => shown == own[^1].Version, Ct);
    }
}
