using Crescent.Testing;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Engine.Tests.Messaging;

public sealed class SiloToSiloTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Call_GrainOfAnotherSilo_RunsThere()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        foreach (var silo in cluster.Silos)
        {
            foreach (var other in cluster.Silos)
            {
                Assert.Equal(other.Name, await silo.Client.GetGrain<IRoamer>(cluster.KeyOn(other)).Where());
            }
        }
    }

    [Fact]
    public async Task Call_FromGrainToGrain_CrossesSilos()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);

        Assert.Equal(first.Name, await first.Client.GetGrain<IRoamer>(cluster.KeyOn(second)).WhereIs(cluster.KeyOn(first)));
    }

    [Fact]
    public async Task Call_ArgumentsAndResult_AreCopies()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var sent = new Parcel { Text = "π", Numbers = [7] };

        var received = await cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).Echo(sent);

        Assert.Equal("π", received.Text);
        Assert.Equal([7, 1], received.Numbers);
        Assert.Equal([7], sent.Numbers);
    }

    [Fact]
    public async Task Call_Throws_OriginalExceptionArrives()
    {
        await using var cluster = await SmallCluster.StartAsync(2);

        var thrown = await Assert.ThrowsAsync<RoamerException>(() => cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).Throw("no way", 42));

        Assert.Equal("no way", thrown.Message);
        Assert.Equal(42, thrown.Code);
        Assert.NotNull(thrown.Data["where"]);
        Assert.Contains(nameof(Roamer.Throw), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThrowsInconsistentState_CallerIsNotTheSource()
    {
        await using var cluster = await SmallCluster.StartAsync(2);

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).ThrowInconsistent());

        Assert.False(thrown.IsSourceActivation);
    }

    [Fact]
    public async Task Call_WithRequestContext_CalleeSeesIt()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        RequestContext.Set("colour", "green");
        try
        {
            Assert.Equal("green", await cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).ReadContext("colour"));
        }
        finally
        {
            RequestContext.Clear();
        }
    }

    [Fact]
    public async Task Call_Extension_IsMadeAtTheGrain()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var extension = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).AsReference<ICountingExtension>();

        Assert.Equal(1, await extension.Next());
        Assert.Equal(2, await extension.Next());
    }

    [Fact]
    public async Task Call_NoAnswerInTime_TimesOutAndTheGrainRunsOn()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var grain = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1]));

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Short("late"));

        cluster.Script.Release("late");
        Assert.Equal(cluster.Silos[1].Name, await grain.Where());
    }

    [Fact]
    public async Task Call_Expired_IsNotStarted()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var grain = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1]));
        var running = grain.Block("first");
        await cluster.Script.Arrived("first").WaitAsync(Patience, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Short("expired"));

        // The silos' clocks need not agree to the moment: when a later one has timed out, too, the first is expired for certain.
        cluster.Script.Release("later");
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Short("later"));
        cluster.Script.Release("first");
        await running;
        await grain.Nothing();

        Assert.False(cluster.Script.Arrived("expired").IsCompleted);
    }

    [Fact]
    public async Task Call_Cancelled_CallerGoesOnAndCalleeIsTold()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        using var cancellation = new CancellationTokenSource();
        var call = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).BlockCancellable("held", cancellation.Token);
        await cluster.Script.Arrived("held").WaitAsync(Patience, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => Task.FromResult(cluster.Script.Log.Contains("cancelled held")), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Call_CancelledWithAcknowledgement_CompletesWithTheCallee()
    {
        await using var cluster = await SmallCluster.StartAsync(2, silo => silo.Configure<SiloMessagingOptions>(options => options.WaitForCancellationAcknowledgement = true));
        using var cancellation = new CancellationTokenSource();
        var call = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).BlockCancellable("held", cancellation.Token);
        await cluster.Script.Arrived("held").WaitAsync(Patience, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Contains("cancelled held", cluster.Script.Log);
    }

    [Fact]
    public async Task Call_ResultTooLong_ThrowsAndLaterCallsWork()
    {
        await using var cluster = await SmallCluster.StartAsync(2, silo => silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = 100_000));
        var grain = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1]));

        await Assert.ThrowsAnyAsync<Exception>(() => grain.Large(200_000));

        Assert.Equal(50_000, (await grain.Large(50_000)).Length);
    }

    [Fact]
    public async Task Call_SiloLost_SiloUnavailable()
    {
        await using var cluster = await SmallCluster.StartAsync(2);
        var call = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(cluster.Silos[1])).Block("never");
        await cluster.Script.Arrived("never").WaitAsync(Patience, TestContext.Current.CancellationToken);

        await cluster.Silos[1].KillAsync();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
    }

    [Fact]
    public async Task Call_SiloCannotBeReached_WaitsForTheNextOwner()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var key = cluster.KeyOn(cluster.Silos[2]);
        await cluster.Silos[2].KillAsync();
        var call = cluster.Silos[0].Client.GetGrain<IRoamer>(key).Where().AsTask();
        Assert.False(call.IsCompleted);

        cluster.Install(cluster.Silos[0], cluster.Silos[1]);

        var where = await call.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains(where, new[] { cluster.Silos[0].Name, cluster.Silos[1].Name });
    }

    [Fact]
    public async Task Call_ManyAtOnce_AllAreAnswered()
    {
        await using var cluster = await SmallCluster.StartAsync(3);
        var calls = Enumerable.Range(0, 5_000).Select(i => cluster.Silos[i % 3].Client.GetGrain<IRoamer>($"many-{i % 100}").Echo(new Parcel { Text = $"{i}" })).ToList();

        var answers = await Task.WhenAll(calls).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), answers.Select(parcel => parcel.Text));
    }
}
