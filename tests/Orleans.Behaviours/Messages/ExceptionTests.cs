using Orleans.Behaviours.Support;
using Orleans.Storage;

namespace Orleans.Behaviours.Messages;

public sealed class ExceptionTests(Cluster cluster)
{
    [Fact]
    public async Task Exception_ThrownAtOnce_ReachesTheCallerThroughTheTask()
    {
        var call = cluster.NewGrain<IFailingGrain>().ThrowAtOnce();

        Assert.Equal("at once", (await Assert.ThrowsAsync<InvalidOperationException>(() => call.Soon())).Message);
    }

    [Fact]
    public async Task Exception_ThrownAfterAnAwait_ReachesTheCallerWithTheStackOfTheGrain()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.NewGrain<IFailingGrain>().ThrowAfterAwait().Soon());

        Assert.Equal("after an await", exception.Message);
        Assert.Contains(nameof(FailingGrain), exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_OfTheApplication_KeepsItsTypeAndMembers()
    {
        var exception = await Assert.ThrowsAsync<OutOfPaperException>(() => cluster.NewGrain<IFailingGrain>().ThrowOwnType().Soon());

        Assert.Equal("no paper", exception.Message);
        Assert.Equal(2, exception.Tray);
    }

    [Fact]
    public async Task Exception_WithInnerAndData_KeepsThem()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.NewGrain<IFailingGrain>().ThrowWithInnerAndData().Soon());

        Assert.Equal("inner", Assert.IsType<ArgumentException>(exception.InnerException).Message);
        Assert.Equal("data", exception.Data["reason"]);
    }

    [Fact]
    public async Task Exception_OfAGrainTwoCallsAway_ReachesTheFirstCaller()
    {
        var other = cluster.NewGrain<IFailingGrain>();

        await Assert.ThrowsAsync<OutOfPaperException>(() => cluster.NewGrain<IFailingGrain>().PassOn(other).Soon());
    }

    [Fact]
    public async Task Exception_OfAnyKind_LeavesTheActivationAsItIs()
    {
        var grain = cluster.NewGrain<IFailingGrain>();
        var before = await grain.Activation();

        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.ThrowAtOnce().Soon());

        Assert.Equal(before, await grain.Activation().Soon());
    }

    [Fact]
    public async Task InconsistentState_EscapingFromAGrain_EndsItsActivation()
    {
        var grain = cluster.NewGrain<IFailingGrain>();
        var before = await grain.Activation();

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.ThrowInconsistentState().Soon());

        Assert.NotEqual(before, await grain.Activation().Soon());
    }
}
