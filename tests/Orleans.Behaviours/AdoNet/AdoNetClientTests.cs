using Crescent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.AdoNet;

/// <summary>A client that finds its silos through the database, and outlives them.</summary>
public sealed class AdoNetClientTests : IDisposable
{
    private readonly AdoNetHosts _hosts = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public async Task Client_WhoseSilosAllStopped_FindsThoseThatComeAfterThem()
    {
        var first = await StartAsync(_hosts.BuildSilo("first"));
        var client = await StartAsync(_hosts.BuildClient());
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<ISavedGrain>(Guid.CreateVersion7());
        await grain.Save("kept").Soon();
        await AdoNetHosts.StopAsync(first).Soon();

        var second = await StartAsync(_hosts.BuildSilo("second"));

        Assert.Equal("kept", await ManySilos.SiloCluster.SucceedAsync(grain.Text));
        await AdoNetHosts.StopAsync(client).Soon();
        await AdoNetHosts.StopAsync(second).Soon();
    }

    [Fact]
    public async Task Call_WithoutAGateway_IsRejected()
    {
        var silo = await StartAsync(_hosts.BuildSilo("only"));
        var client = await StartAsync(_hosts.BuildClient());
        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<ISavedGrain>(Guid.CreateVersion7());
        await grain.Save("kept").Soon();
        await AdoNetHosts.StopAsync(silo).Soon();

        await Eventually.TrueAsync(async () => await Record.ExceptionAsync(() => grain.Text().Soon()) is OrleansException, Ct);

        await AdoNetHosts.StopAsync(client).Soon();
    }

    [Fact]
    public async Task Handlers_OfAClient_AreToldOfItsGateways()
    {
        var key = Cluster.NewKey();
        var first = await StartAsync(_hosts.BuildSilo("first"));
        var second = await StartAsync(_hosts.BuildSilo("second"));
        var client = await StartAsync(_hosts.BuildClient(builder => builder
            .AddGatewayCountChangedHandler((_, change) => Trace.Of(key).Add($"{change.PreviousNumberOfConnectedGateways} to {change.NumberOfConnectedGateways}"))
            .AddClusterConnectionLostHandler((_, _) => Trace.Of(key).Add("lost"))));
        await Trace.Of(key).When(entries => entries.Any(entry => entry.EndsWith("to 2", StringComparison.Ordinal)));

        await AdoNetHosts.StopAsync(second).Soon();
        await Trace.Of(key).WhenContains("2 to 1");
        await AdoNetHosts.StopAsync(first).Soon();
        await Trace.Of(key).WhenContains("lost");

        var third = await StartAsync(_hosts.BuildSilo("third"));
        await Trace.Of(key).WhenContains("0 to 1");
        await AdoNetHosts.StopAsync(client).Soon();
        await AdoNetHosts.StopAsync(third).Soon();
    }

    [Fact]
    public async Task Client_ThatIsStartedBeforeTheFirstSilo_TriesAgainAsItsFilterSays()
    {
        var key = Cluster.NewKey();
        var client = _hosts.BuildClient(builder => builder.UseConnectionRetryFilter((exception, token) =>
        {
            Trace.Of(key).Add(exception.GetType().Name);
            return Task.FromResult(true);
        }));
        var start = client.StartAsync(Ct);
        await Trace.Of(key).WhenCount(1);
        Assert.False(start.IsCompleted);

        var silo = await StartAsync(_hosts.BuildSilo("late"));

        await start.Soon();
        Assert.Equal("", await client.Services.GetRequiredService<IClusterClient>().GetGrain<ISavedGrain>(Guid.CreateVersion7()).Text().Soon());
        await AdoNetHosts.StopAsync(client).Soon();
        await AdoNetHosts.StopAsync(silo).Soon();
    }

    private static async Task<IHost> StartAsync(IHost host)
    {
        await host.StartAsync(Ct).Soon();
        return host;
    }
}
