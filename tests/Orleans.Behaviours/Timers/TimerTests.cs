using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Timers;

public sealed class TimerTests(Cluster cluster)
{
    [Fact]
    public async Task Timer_WithAPeriod_TicksAgainAndAgainWithItsState()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.Tick("tick", "state");

        var entries = await TraceOf(grain).WhenCount(3);
        Assert.All(entries, entry => Assert.Equal("tick state", entry));
    }

    [Fact]
    public async Task Timer_WhileACallAwaits_WaitsUnlessItInterleaves()
    {
        var grain = cluster.NewGrain<ITimerGrain>();
        var gate = Gate.New();
        var call = grain.HoldWithTimers(gate.Name);

        await TraceOf(grain).When(entries => entries.Count(e => e == "interleaving") >= 5);
        gate.Open();
        await call.Soon();

        var all = await TraceOf(grain).WhenContains("plain");
        Assert.True(all.IndexOf("call ends") < all.IndexOf("plain"));
    }

    [Fact]
    public async Task Tick_ThatAwaits_NeverOverlapsWithTheNext()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.TickSlowly("tick");

        var entries = await TraceOf(grain).WhenCount(5);
        Assert.All(entries, entry => Assert.Equal("tick 1", entry));
    }

    [Fact]
    public async Task Tick_ThatThrows_DoesNotEndTheTimer()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.TickAndThrow("tick");

        await TraceOf(grain).WhenCount(3);
    }

    [Fact]
    public async Task Dispose_InATick_EndsTheTimer()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.TickThenDispose("tick", 2);
        await TraceOf(grain).WhenCount(2);
        await PassTimeAsync();

        Assert.Equal(["tick 1", "tick 2"], TraceOf(grain).Entries);
    }

    [Fact]
    public async Task Change_OfATimerWithoutPeriod_StartsItAgain()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.TickOnceThenChange("changes");

        await TraceOf(grain).WhenCount(3);
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce()
    {
        var grain = cluster.NewGrain<ITimerGrain>();

        await grain.TickOnceThenChange("once");
        await TraceOf(grain).WhenCount(1);
        await PassTimeAsync();

        Assert.Single(TraceOf(grain).Entries);
    }

    [Fact]
    public async Task Dispose_WhileATickRuns_CancelsItsToken()
    {
        var grain = cluster.NewGrain<ITimerGrain>();
        var gate = Gate.New();
        await grain.WaitInCallback(gate.Name);
        await gate.Reached.Soon();

        await grain.DisposeTimer().Soon();

        await TraceOf(grain).WhenContains("cancelled");
        gate.Open();
    }

    [Fact]
    public async Task Deactivation_OfTheGrain_EndsItsTimers()
    {
        var grain = cluster.NewGrain<ITimerGrain>();
        await grain.Tick("tick", "state");
        await TraceOf(grain).WhenCount(1);

        await grain.Deactivate();
        await grain.Nothing().Soon();
        var atTheEnd = TraceOf(grain).Entries.Count;
        await PassTimeAsync();

        Assert.Equal(atTheEnd, TraceOf(grain).Entries.Count);
    }

    /// <summary>As long as a timer of the same period takes for ten ticks.</summary>
    private async Task PassTimeAsync()
    {
        var clock = cluster.NewGrain<ITimerGrain>();
        await clock.TickThenDispose("clock", 10);
        await TraceOf(clock).WhenCount(10);
    }

    private static Trace TraceOf(ITimerGrain grain) => Trace.Of(grain.GetPrimaryKeyString());
}
