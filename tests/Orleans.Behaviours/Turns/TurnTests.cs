using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Turns;

public sealed class TurnTests(Cluster cluster)
{
    [Fact]
    public async Task Call_WhileAnotherAwaits_StartsWhenThatHasEnded()
    {
        var grain = cluster.NewGrain<ITurnGrain>();
        var gate = Gate.New();
        var first = grain.Hold(gate.Name);
        await gate.Reached.Soon();

        var second = grain.Note("second");
        gate.Open();
        await Task.WhenAll(first, second).Soon();

        Assert.Equal(["hold begins", "hold ends", "second"], Trace.Of(grain.GetPrimaryKeyString()).Entries);
    }

    [Fact]
    public async Task Call_ToAnotherGrain_DoesNotWait()
    {
        var gate = Gate.New();
        var held = cluster.NewGrain<ITurnGrain>().Hold(gate.Name);
        await gate.Reached.Soon();

        await cluster.NewGrain<ITurnGrain>().Note("free").Soon();

        Assert.False(held.IsCompleted);
        gate.Open();
        await held.Soon();
    }

    [Fact]
    public async Task Continuation_AfterAwait_RunsOnTheGrainsScheduler() =>
        Assert.True(await cluster.NewGrain<ITurnGrain>().StaysOnItsSchedulerAfterAwait().Soon());

    [Fact]
    public async Task Task_StartedOnTheCurrentScheduler_StaysInTheGrain() =>
        Assert.True(await cluster.NewGrain<ITurnGrain>().StartNewStaysInTheGrain().Soon());

    [Fact]
    public async Task TaskRun_InAGrain_LeavesItsScheduler() =>
        Assert.True(await cluster.NewGrain<ITurnGrain>().TaskRunLeavesTheGrain().Soon());

    [Fact]
    public async Task Continuations_OfParallelLoopsInOneCall_NeverRunAtTheSameTime() =>
        Assert.Equal(0, await cluster.NewGrain<ITurnGrain>().CountOverlapsOfParallelLoops().Soon());
}
