using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Activations;

public sealed class LifecycleTests(Cluster cluster)
{
    [Fact]
    public async Task GrainLifecycle_OfAnActivation_StartsInOrderOfStagesAndStopsInReverse()
    {
        var grain = cluster.NewGrain<ILifecycleGrain>();

        await grain.Deactivate().Soon();

        var entries = await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("first stops");
        Assert.Equal(["first starts", "set up starts", "activate starts"], entries.Where(e => e.EndsWith(" starts", StringComparison.Ordinal)));
        Assert.Equal(["activate stops", "set up stops", "first stops"], entries.Where(e => e.EndsWith(" stops", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OnActivateAsync_OfAGrain_RunsAfterItsStateIsSetUp()
    {
        var grain = cluster.NewGrain<ILifecycleGrain>();

        await grain.Deactivate().Soon();

        var entries = await Trace.Of(grain.GetPrimaryKeyString()).WhenContains("set up stops");
        Assert.True(entries.IndexOf("set up starts") < entries.IndexOf("OnActivateAsync"));
        Assert.True(entries.IndexOf("OnDeactivateAsync") < entries.IndexOf("set up stops"));
    }

    [Fact]
    public void SiloLifecycle_OfTheSilo_HasStartedInOrderOfStages() =>
        Assert.Equal(
            [nameof(ServiceLifecycleStage.RuntimeInitialize), nameof(ServiceLifecycleStage.ApplicationServices), nameof(ServiceLifecycleStage.Active)],
            Trace.Of(RecordingParticipant.Key).Entries);

    [Fact]
    public void StartupTask_OfTheSilo_HasRunWhenTheClusterIsDeployedAndCouldCallGrains() =>
        Assert.Equal(["called by the startup task", "ended"], Trace.Of(RecordingStartupTask.Key).Entries);
}
