using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Activations;

public sealed class CollectionTests(Cluster cluster)
{
    [Fact]
    public async Task Activation_IdleForItsAge_IsCollected()
    {
        var grain = cluster.NewGrain<IIdleGrain>();
        var first = await grain.Activation().Soon();

        var reasons = await EndOf(grain);

        Assert.Equal([nameof(DeactivationReasonCode.ActivationIdle)], reasons);
        Assert.NotEqual(first, await grain.Activation().Soon());
    }

    [Fact]
    public async Task Timer_ThatDoesNotKeepAlive_DoesNotPreventCollection()
    {
        var grain = cluster.NewGrain<IIdleGrain>();

        await grain.Tick(keepAlive: false).Soon();

        await EndOf(grain);
    }

    [Fact]
    public async Task Timer_ThatKeepsAlive_PreventsCollection()
    {
        var grain = cluster.NewGrain<IIdleGrain>();
        await grain.Tick(keepAlive: true).Soon();

        await AnotherIdleGrainHasEnded();

        Assert.Empty(Trace.Of(grain.GetPrimaryKeyString()).Entries);
    }

    [Fact]
    public async Task DelayDeactivation_LongerThanTheAge_PreventsCollection()
    {
        var grain = cluster.NewGrain<IIdleGrain>();
        await grain.Delay(TimeSpan.FromHours(1)).Soon();

        await AnotherIdleGrainHasEnded();

        Assert.Empty(Trace.Of(grain.GetPrimaryKeyString()).Entries);
    }

    private async Task AnotherIdleGrainHasEnded()
    {
        var other = cluster.NewGrain<IIdleGrain>();
        await other.Activation().Soon();
        await EndOf(other);
    }

    private static Task<System.Collections.Immutable.ImmutableList<string>> EndOf(IIdleGrain grain) => Trace.Of(grain.GetPrimaryKeyString()).WhenCount(1);
}
