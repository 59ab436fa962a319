using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public sealed class DeliveryTests(Cluster cluster)
{
    [Fact]
    public async Task Call_NotAnsweredInTime_ThrowsWhileTheGrainGoesOn()
    {
        var grain = cluster.NewGrain<ISlowGrain>();
        var gate = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hold(gate.Name).Soon());

        Assert.Empty(Trace.Of(grain.GetPrimaryKeyString()).Entries);
        gate.Open();
        await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("done");
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_IsNotSentAgain()
    {
        var grain = cluster.NewGrain<ISlowGrain>();
        var gate = Gate.New();

        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hold(gate.Name).Soon());

        Assert.Equal(1, await grain.CountCalls().Soon());
        gate.Open();
    }

    [Fact]
    public async Task Call_AfterOneThatTimedOut_IsAnsweredOnceTheGrainIsFree()
    {
        var grain = cluster.NewGrain<ISlowGrain>();
        var gate = Gate.New();
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hold(gate.Name).Soon());

        gate.Open();
        await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("done");

        await grain.Hold(gate.Name).Soon();
    }
}
