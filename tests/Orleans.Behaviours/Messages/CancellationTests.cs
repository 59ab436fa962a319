using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public sealed class CancellationTests(Cluster cluster)
{
    [Fact]
    public async Task Cancel_WhileTheGrainRuns_EndsTheCallForTheCallerAndSignalsTheGrain()
    {
        var grain = cluster.NewGrain<ICancellableGrain>();
        var gate = Gate.New();
        using var cancellation = new CancellationTokenSource();
        var call = grain.Hold(gate.Name, cancellation.Token);
        await gate.Reached.Soon();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("cancelled");
        gate.Open();
    }

    [Fact]
    public async Task Cancel_OfATokenThatWasPassedOn_SignalsTheLastGrain()
    {
        var last = cluster.NewGrain<ICancellableGrain>();
        var gate = Gate.New();
        using var cancellation = new CancellationTokenSource();
        var call = cluster.NewGrain<ICancellableGrain>().HoldThrough(last, gate.Name, cancellation.Token);
        await gate.Reached.Soon();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Soon());
        await Trace.Of(last.GetPrimaryKeyString()).WhenContains("cancelled");
        gate.Open();
    }

    [Fact]
    public async Task Call_WithATokenThatIsNeverCancelled_IsAnsweredAsUsual()
    {
        using var cancellation = new CancellationTokenSource();

        Assert.False(await cluster.NewGrain<ICancellableGrain>().IsCancelled(cancellation.Token).Soon());
        Assert.False(await cluster.NewGrain<ICancellableGrain>().IsCancelled(CancellationToken.None).Soon());
    }
}
