using System.Globalization;
using System.Text;
using Crescent.ApiHost.Auth;
using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Checks;
using Crescent.Cluster.Tests.Clusters;
using Crescent.Cluster.Tests.Load;

namespace Crescent.Cluster.Tests.Failover;

/// <summary>A silo dies with orders under way on it.</summary>
public sealed class SiloKillTests(HostFixture fixture) : WholeCluster(fixture)
{
    const string Killed = "silo-2";
    const int Seed = 4711;
    const double OrdersPerSecond = 8;
    const int Readers = 6;
    const int FailuresShown = 10;

    /// <summary>Until the others have noticed, and as long again until the work goes on.</summary>
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(5 + 5);

    static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    static readonly TimeSpan After = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Kill_OfASilo_ItsOrdersGoOnInTimeAndEverythingElseIsAnswered()
    {
        var (clock, history) = (new RunClock(), new History());
        var shoppers = await Shoppers.CreateAsync(Host);
        var (kill, end) = (clock.Now + Before, clock.Now + Before + After);
        using var client = new LoadClient(Host.BaseAddress, clock, history);
        await using var locations = await GrainLocations.ConnectAsync(Cluster);

        var orders = new OrderLoad(client, new OrderPlan(Seed, OrderWay.Slow), shoppers, clock, history).RunAsync(OrdersPerSecond, end, end + Bound, Ct);
        var reads = new ElsewhereLoad(client, clock, Host.Token(Clients.Admin, Roles.Admin));
        await clock.UntilAsync(kill, Ct);
        var (sagas, products) = (await locations.OfAsync("saga"), await locations.OfAsync("inventory"));
        reads.Start(Readers, [.. products.Where(grain => grain.Value != Killed && shoppers.Products.Contains(grain.Key)).Select(grain => grain.Key)], end, Ct);
        await Cluster.KillAsync(Killed);
        var killedAt = DateTime.UtcNow;
        await Task.WhenAll(orders, reads.Done);
        await Cluster.StartAsync(Killed);

        var log = await Eventually.GetAsync(() => StoredLog.ReadAsync(Cluster), log => log.Orders().All(order => order.HasEnded), Ct);
        var stranded = Stranded(log, sagas, killedAt);
        var text = Describe(stranded, history, shoppers);
        await File.WriteAllTextAsync(Path.Combine(ClusterScript.Repository, "artifacts", "silo-kill.txt"), text, Ct);
        Assert.True(stranded.Count > 0, text);
        Assert.True(stranded.All(order => order.WentOnAfter <= Bound), text);
        Assert.Empty(history.Surprises);
        Assert.True(history.Attempts.Where(attempt => attempt.Kind == ElsewhereLoad.Kind).All(attempt => attempt.Outcome == Outcome.Done), text);
    }

    /// <summary>The orders under way whose sagas lived on the killed silo, and when something happened to them again.</summary>
    static List<StrandedOrder> Stranded(StoredLog log, IReadOnlyDictionary<string, string> sagas, DateTime killedAt) =>
    [
        .. log.Orders()
            .Where(order => order.PlacedAt < killedAt && order.EndedAt > killedAt && sagas.GetValueOrDefault(order.Id) == Killed)
            .Select(order => new StrandedOrder(
                order.Id,
                log.Events.First(e => e.StreamId == order.Id && e.Time > killedAt).Time - killedAt,
                order.EndedAt - killedAt)),
    ];

    static string Describe(List<StrandedOrder> stranded, History history, Shoppers shoppers)
    {
        var text = new StringBuilder();
        var elsewhere = history.Attempts.Where(attempt => attempt.Kind == ElsewhereLoad.Kind).ToList();
        text.Append(CultureInfo.InvariantCulture, $"kill -9 of {Killed} on {ClusterScript.Engine}: {stranded.Count} orders under way had their sagas there.\n");
        if (stranded.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"They went on after {stranded.Min(o => o.WentOnAfter).TotalSeconds:F1} to {stranded.Max(o => o.WentOnAfter).TotalSeconds:F1} s ");
            text.Append(CultureInfo.InvariantCulture, $"(bound {Bound.TotalSeconds:F0} s), and the last of them ended after {stranded.Max(o => o.EndedAfter).TotalSeconds:F1} s.\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Everything else meanwhile: {elsewhere.Count} requests, {elsewhere.Count(attempt => attempt.Outcome != Outcome.Done)} of them failed, ");
        text.Append(CultureInfo.InvariantCulture, $"the longest took {elsewhere.Max(attempt => attempt.Took).TotalSeconds:F1} s.\n");
        foreach (var failed in elsewhere.Where(attempt => attempt.Outcome != Outcome.Done).Take(FailuresShown))
            text.Append(CultureInfo.InvariantCulture, $"  {failed.SentAt.TotalSeconds:F1} s, after {failed.Took.TotalSeconds:F1} s: {failed.Detail}\n");
        var placed = history.Attempts.Where(attempt => attempt.Kind == "place").ToList();
        text.Append(CultureInfo.InvariantCulture, $"Placing orders of {shoppers.Users.Count} buyers: {placed.Count} requests, {placed.Count(attempt => attempt.Outcome != Outcome.Done)} of them had to be repeated.\n");
        return text.ToString();
    }

    sealed record StrandedOrder(string Id, TimeSpan WentOnAfter, TimeSpan EndedAfter);
}
