using System.Diagnostics;
using Crescent.Testing;
using Engine.Tests.Messaging;
using Orleans;
using Orleans.Configuration;
using Orleans.Diagnostics;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Engine.Tests.Client;

public sealed class ExternalClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ThroughOneGateway_ReachesGrainsOfAllSilos()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);

        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(silo.Name, await client.GetGrain<IRoamer>(cluster.KeyOn(silo)).Where());
        }
    }

    [Fact]
    public async Task Call_Throws_OriginalExceptionArrives()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);

        foreach (var silo in cluster.Silos)
        {
            var thrown = await Assert.ThrowsAsync<RoamerException>(() => client.GetGrain<IRoamer>(cluster.KeyOn(silo)).Throw("no way", 42));
            Assert.Equal(42, thrown.Code);
        }
    }

    [Fact]
    public async Task Call_Cancelled_IsCancelledAtTheGrain()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);
        foreach (var silo in cluster.Silos)
        {
            using var cancellation = new CancellationTokenSource();
            var call = client.GetGrain<IRoamer>(cluster.KeyOn(silo)).BlockCancellable(silo.Name, cancellation.Token);
            await cluster.Script.Arrived(silo.Name).WaitAsync(Patience, Token);

            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await Eventually.TrueAsync(() => Task.FromResult(cluster.Script.Log.Contains($"cancelled {silo.Name}")), Token);
        }
    }

    [Fact]
    public async Task Call_SiloOfTheGrainIsLost_TimesOut()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var client = await cluster.StartClientAsync(gateways: cluster.Silos[0]);
        var call = client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).Short("never");
        await cluster.Script.Arrived("never").WaitAsync(Patience, Token);

        await cluster.Silos[1].KillAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Call_GatewayIsLost_SentCallsTimeOutAndOthersMove()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var client = await cluster.StartClientAsync();
        await Eventually.TrueAsync(() => Task.FromResult(GatewaysOf(client).Count == 2), Token);
        var sent = Enumerable.Range(0, 20).Select(i => client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1], i)).Short($"sent-{i}")).ToList();
        for (var i = 0; i < sent.Count; i++)
        {
            await cluster.Script.Arrived($"sent-{i}").WaitAsync(Patience, Token);
        }

        await cluster.Silos[0].KillAsync();
        cluster.Install(cluster.Silos[1]);

        // Those that went through the lost gateway get no answer; the others would, if they did not block.
        Assert.All(await Task.WhenAll(sent.Select(Outcome)), thrown => Assert.IsType<TimeoutException>(thrown));
        var later = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.GetGrain<IRoamer>($"later-{i}").Where().AsTask()));
        Assert.All(later, where => Assert.Equal(cluster.Silos[1].Name, where));
    }

    [Fact]
    public async Task Call_NoGatewayIsLeft_IsRefusedUntilThereIsOne()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var counts = new List<int>();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = await cluster.StartClientAsync(
            builder => builder
                .AddGatewayCountChangedHandler((_, change) => counts.Add(change.NumberOfConnectedGateways))
                .AddClusterConnectionLostHandler((_, _) => lost.TrySetResult()),
            cluster.Silos[0]);

        await cluster.Silos[0].KillAsync();
        await lost.Task.WaitAsync(Patience, Token);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => client.GetGrain<IRoamer>("any").Nothing());
        Assert.Equal([1, 0], counts);
    }

    [Fact]
    public async Task Start_NoGateway_AsksTheRetryFilter()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        var gateway = cluster.Silos[0];
        await gateway.KillAsync();
        var attempts = 0;

        await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.StartClientAsync(
            builder => builder.UseConnectionRetryFilter((_, _) => Task.FromResult(++attempts < 3)), gateway));

        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Stop_OfAGateway_AnswersRunningCallsAndSendsNewOnesElsewhere()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var client = await cluster.StartClientAsync();
        await Eventually.TrueAsync(() => Task.FromResult(GatewaysOf(client).Count == 2), Token);
        var running = Enumerable.Range(0, 10).Select(i => client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[0], i)).Block($"running-{i}")).ToList();
        for (var i = 0; i < running.Count; i++)
        {
            await cluster.Script.Arrived($"running-{i}").WaitAsync(Patience, Token);
        }

        var stop = cluster.Silos[0].StopAsync(Token);
        await Eventually.TrueAsync(() => Task.FromResult(GatewaysOf(client).Count == 1), Token);
        cluster.Install(cluster.Silos[1]);
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => client.GetGrain<IRoamer>($"other-{i}").Where().AsTask())).WaitAsync(Patience, Token);
        for (var i = 0; i < running.Count; i++)
        {
            cluster.Script.Release($"running-{i}");
        }

        Assert.All(others, where => Assert.Equal(cluster.Silos[1].Name, where));
        Assert.All(await Task.WhenAll(running).WaitAsync(Patience, Token), where => Assert.Equal(cluster.Silos[0].Name, where));
        await stop.WaitAsync(Patience, Token);
    }

    [Fact]
    public async Task Call_TooManyOfOneClient_GatewayTooBusy()
    {
        await using var cluster = await SmallCluster.StartAsync(1, silo => silo.Configure<CallOptions>(options => options.MaxRequestsOfOneCaller = 5));
        var client = await cluster.StartClientAsync();
        var calls = Enumerable.Range(0, 8).Select(i => client.GetGrain<IRoamer>($"held-{i}").Block($"held-{i}")).ToList();

        var refused = await Task.WhenAll(calls.Skip(5).Select(Outcome)).WaitAsync(Patience, Token);

        Assert.All(refused, thrown => Assert.IsType<GatewayTooBusyException>(thrown));
        for (var i = 0; i < 5; i++)
        {
            cluster.Script.Release($"held-{i}");
        }

        await Task.WhenAll(calls.Take(5)).WaitAsync(Patience, Token);
        await client.GetGrain<IRoamer>("after").Nothing();
    }

    [Fact]
    public async Task Filters_OfTheClient_SeeItsCalls()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        var seen = new List<string>();
        var client = await cluster.StartClientAsync(builder => builder.AddOutgoingGrainCallFilter(async context =>
        {
            seen.Add($"{context.MethodName} {context.TargetId.Key}");
            RequestContext.Set("colour", "from the filter");
            await context.Invoke();
        }));

        Assert.Equal("from the filter", await client.GetGrain<IRoamer>("one").ReadContext("colour"));
        Assert.Equal(["ReadContext one"], seen);
    }

    [Fact]
    public async Task Activities_ArePropagatedToTheGrain()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ActivitySources.ApplicationGrainActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await using var cluster = await SmallCluster.StartAsync(2, silo => silo.AddActivityPropagation());
        var client = await cluster.StartClientAsync(builder => builder.AddActivityPropagation(), cluster.Silos[0]);
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(activity.TraceId.ToString(), await client.GetGrain<IRoamer>(cluster.KeyOn(silo)).TraceId());
        }
    }

    [Fact]
    public async Task GetGrain_NoClassImplementsTheInterface_Throws()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        var client = await cluster.StartClientAsync();

        Assert.Throws<ArgumentException>(() => client.GetGrain<INobody>("none"));
    }

    private static Gateways GatewaysOf(IClusterClient client) => (Gateways)client.ServiceProvider.GetService(typeof(Gateways))!;

    private static async Task<Exception?> Outcome(Task call)
    {
        try
        {
            await call;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}

/// <summary>A grain interface without an implementation.</summary>
public interface INobody : IGrainWithStringKey
{
    Task Nothing();
}
