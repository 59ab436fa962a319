using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Activations;

public sealed class DeactivationTests(Cluster cluster)
{
    [Fact]
    public async Task DeactivateOnIdle_InACall_LetsTheNextCallMeetANewActivation()
    {
        var grain = NewGrain();
        var first = await grain.Deactivate().Soon();

        Assert.NotEqual(first, await grain.Activation().Soon());
    }

    [Fact]
    public async Task DeactivateOnIdle_InACall_RunsTheHookWithItsReason()
    {
        var grain = NewGrain();

        await grain.Deactivate().Soon();

        var entries = await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("deactivated");
        Assert.Equal(["constructed", "activated", "deactivating: " + DeactivationReasonCode.ApplicationRequested, "deactivated"], entries);
    }

    [Fact]
    public async Task Deactivation_WhileACallRuns_WaitsForIt()
    {
        var grain = NewGrain();
        var gate = Gate.New();
        var hold = grain.Hold(gate.Name);
        await gate.Reached.Soon();

        await grain.Deactivate().Soon();
        gate.Open();
        await hold.Soon();

        var entries = await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("deactivated");
        Assert.True(entries.IndexOf("hold ends") < entries.FindIndex(e => e.StartsWith("deactivating", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_WhileTheActivationEnds_IsAnsweredByTheNextOne()
    {
        var grain = NewGrain();
        var gate = Gate.New();
        ActivationGrain.WaitInDeactivation(grain.GetPrimaryKeyString(), gate);
        var first = await grain.Deactivate().Soon();
        await gate.Reached.Soon();

        var call = grain.Activation();
        gate.Open();

        Assert.NotEqual(first, await call.Soon());
        var entries = Trace.Of(grain.GetPrimaryKeyString()).Entries;
        Assert.True(entries.IndexOf("deactivated") < entries.FindLastIndex(e => e == "constructed"));
    }

    private IActivationGrain NewGrain() => cluster.Client.GetGrain<IActivationGrain>(Cluster.NewKey(), typeof(ActivationGrain).FullName);
}
