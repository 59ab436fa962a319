using System.Net;
using System.Text;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Checks;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.StoreGuard;

/// <summary>
/// Silos that are wrong about who is responsible for a grain: both may try, and the store lets one of them append a version.
/// </summary>
public sealed class StoreGuardTests(HostFixture fixture) : WholeCluster(fixture)
{
    const int Senders = 6;
    const int ReceiptsEach = 15;

    /// <summary>Only stock that is received is written like this, and by nobody but the product's own grain.</summary>
    static readonly byte[] Receipt = Encoding.UTF8.GetBytes("stock.received");

    [Fact]
    public async Task AppendOnItsWay_OfASiloDeclaredDead_IsRefusedWhenItArrivesAndTheSiloEnds()
    {
        var (product, silo) = await ProductOnASiloAsync();
        var held = Cluster.Proxy(silo).HoldAsync(Receipt);
        var first = ReceiveAsync(Host.AsAdmin(), product, 7);
        var statement = await held.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        // It holds an append for the version that somebody else takes meanwhile.
        Cluster.Freeze(silo);
        var (second, refused) = (await ReceiveUntilAcceptedAsync(product, 5), AppendAnswer.Parse(await statement.ReleaseAsync()));

        Assert.All(refused.LastPositions, Assert.Null);
        Assert.NotEmpty(refused.LastPositions);
        Cluster.Thaw(silo);
        await EndsByItselfAsync(silo);
        await first;
        var log = await AssertOneWinnerAsync(product, second);
        Assert.InRange(log.Count(e => e.Type == "stock.received" && (int)e.Data["quantity"]! == 7), 0, 1);
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

    [Fact]
    public async Task Silos_ThatKnowNothingOfEachOther_NeverBothAppendAVersion()
    {
        string[] apart = ["silo-2", "api-2"];
        var product = await Host.AddProductAsync(stock: 1);
        await MoveAsync(apart, "apart");
        try
        {
            // Each host reaches the silos of its own cluster alone, and on both sides they hold themselves responsible for every grain.
            var sides = LocalCluster.ApiHosts.Select(host => RunningCrescent.Client(Cluster.ApiHost(host), Host.Token(Clients.Admin, Roles.Admin))).ToList();
            // In turn, so that each side has a state that the other one has left behind; then all at once.
            foreach (var side in sides.Concat(sides))
                await ReceiveUntilAcceptedAsync(side, product, 1);
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => ReceiveInTurnAsync(sides[sender % sides.Count], product, sender)));

            var log = await AssertOneWinnerAsync(product, Senders * ReceiptsEach);
            var received = log.Where(e => e.Type == "stock.received").Select(e => (int)e.Data["quantity"]!);
            Assert.Empty(Enumerable.Range(0, Senders).SelectMany(QuantitiesOf).Except(received));
            await SaysAsync("silo-2", $"inventory/{product} was overtaken");
        }
        finally
        {
            await MoveAsync(apart, null);
        }
    }

    static async Task ReceiveInTurnAsync(ApiClient client, string product, int sender)
    {
        foreach (var quantity in QuantitiesOf(sender))
            await ReceiveUntilAcceptedAsync(client, product, quantity);
    }

    /// <summary>No two receipts are alike, so that each can be found in the log.</summary>
    static IEnumerable<int> QuantitiesOf(int sender) => Enumerable.Range(100 + sender * ReceiptsEach, ReceiptsEach);

    /// <summary>Has these parts start again as members of another cluster on the same database, or of the first one.</summary>
    async Task MoveAsync(string[] parts, string? clusterId)
    {
        var settings = clusterId is null ? [] : new Dictionary<string, string> { ["Crescent:Cluster:ClusterId"] = clusterId, ["Logging:LogLevel:Crescent"] = "Information" };
        foreach (var part in parts)
        {
            await Cluster.ConfigureAsync(part, settings);
            await Cluster.StopAsync(part);
            await Cluster.StartAsync(part);
        }
    }

    /// <summary>A product whose grain is active, and the silo that it lives on.</summary>
    async Task<(string Product, string Silo)> ProductOnASiloAsync()
    {
        var product = await Host.AddProductAsync(stock: 1);
        await using var locations = await GrainLocations.ConnectAsync(Cluster);
        return (product, (await locations.OfAsync("inventory"))[product]);
    }

    static Task<Answer> ReceiveAsync(ApiClient client, string product, int quantity) =>
        client.Post($"/api/v1/products/{product}/stock", new { received = quantity });

    Task<int> ReceiveUntilAcceptedAsync(string product, int quantity) => ReceiveUntilAcceptedAsync(Host.AsAdmin(), product, quantity);

    /// <summary>A version of the product that has the accepted receipt.</summary>
    static async Task<int> ReceiveUntilAcceptedAsync(ApiClient client, string product, int quantity)
    {
        var answer = await Eventually.GetAsync(
            () => ReceiveAsync(client, product, quantity), answer => answer.Status is HttpStatusCode.OK, Ct);
        return (int)answer.Body!["version"]!;
    }

    Task EndsByItselfAsync(string silo) => Eventually.TrueAsync(() => Task.FromResult(Cluster.ProcessOf(silo) is null), Ct);

    /// <summary>Its log names the reason.</summary>
    Task SaysAsync(string silo, string reason) => Eventually.TrueAsync(
        async () => (await File.ReadAllTextAsync(Cluster.Log(silo), Ct)).Contains(reason, StringComparison.OrdinalIgnoreCase), Ct);

    /// <returns>The product's events.</returns>
    async Task<IReadOnlyList<StoredRow>> AssertOneWinnerAsync(string product, int version)
    {
        var log = await StoredLog.ReadAsync(Cluster);
        Assert.All(LogCheck.Run(log), check => Assert.Empty(check.Faults));
        var own = log.Events.Where(e => e.StreamId == product && e.Category == "inventory").ToList();
        Assert.Contains(own, e => e.Version == version && e.Type == "stock.received");
        await Eventually.GetAsync(
            async () => (int)(await Host.As(null).Get($"/api/v1/products/{product}")).Expect(HttpStatusCode.OK)["version"]!, shown => shown == own[^1].Version, Ct);
        return own;
    }
}
