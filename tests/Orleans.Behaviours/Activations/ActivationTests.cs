using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Activations;

public sealed class ActivationTests(Cluster cluster)
{
    [Fact]
    public void Reference_ThatIsNotCalled_ActivatesNothing() =>
        Assert.Empty(TraceOf(NewGrain<ActivationGrain>()).Entries);

    [Fact]
    public async Task FirstCall_OfAGrain_RunsAfterItsConstructionAndActivation()
    {
        var grain = NewGrain<ActivationGrain>();

        await grain.Activation().Soon();

        Assert.Equal(["constructed", "activated", "called"], TraceOf(grain).Entries);
    }

    [Fact]
    public async Task References_WithTheSameKey_AreTheSameActivation()
    {
        var grain = NewGrain<ActivationGrain>();
        var again = cluster.Client.GetGrain<IActivationGrain>(grain.GetPrimaryKeyString(), typeof(ActivationGrain).FullName);

        var activations = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? grain : again).Activation())).Soon();

        Assert.Single(activations.Distinct());
    }

    [Fact]
    public async Task Constructor_OfAGrain_GetsServices() =>
        Assert.Equal("injected", await NewGrain<ActivationGrain>().NameOfService().Soon());

    [Fact]
    public async Task Grain_WithoutTheBaseClass_LivesLikeOneWithIt()
    {
        var grain = NewGrain<PlainActivationGrain>();

        Assert.Equal("injected", await grain.NameOfService().Soon());
        var first = await grain.Deactivate().Soon();

        Assert.NotEqual(first, await grain.Activation().Soon());
        Assert.Equal(["activated", "activated"], TraceOf(grain).Entries);
    }

    [Fact]
    public async Task Constructor_ThatThrows_FailsTheCall()
    {
        var grain = cluster.Client.GetGrain<IBrokenGrain>(Cluster.NewKey(), typeof(ThrowingConstructorGrain).FullName);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Nothing().Soon());

        Assert.StartsWith("Failed to create an instance of grain type", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activation_ThatThrows_FailsTheCallWithTheOriginalException()
    {
        var grain = cluster.Client.GetGrain<IBrokenGrain>(Cluster.NewKey(), typeof(ThrowingActivationGrain).FullName);

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => grain.Nothing().Soon());

        Assert.Equal("the activation", exception.Message);
    }

    [Fact]
    public async Task Call_AfterAnActivationThatFailed_ActivatesAgain()
    {
        var grain = cluster.Client.GetGrain<IBrokenGrain>(Cluster.NewKey(), typeof(OnceThrowingActivationGrain).FullName);
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.Nothing().Soon());

        await grain.Nothing().Soon();

        Assert.Equal(2, Trace.Of(grain.GetPrimaryKeyString()).Entries.Count);
    }

    private IActivationGrain NewGrain<TClass>() => cluster.Client.GetGrain<IActivationGrain>(Cluster.NewKey(), typeof(TClass).FullName);

    private static Trace TraceOf(IActivationGrain grain) => Trace.Of(grain.GetPrimaryKeyString());
}
