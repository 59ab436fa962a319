using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public sealed class RequestContextTests(Cluster cluster)
{
    [Fact]
    public async Task Value_SetByTheCaller_ReachesTheGrain()
    {
        RequestContext.Set("key", "value");

        Assert.Equal("value", await cluster.NewGrain<IContextGrain>().Get("key").Soon());
    }

    [Fact]
    public async Task Value_SetByTheCaller_GoesOnToTheGrainsThatAreCalledThen()
    {
        RequestContext.Set("key", "value");
        var other = cluster.NewGrain<IContextGrain>();

        Assert.Equal("value", await cluster.NewGrain<IContextGrain>().GetThrough(other, "key").Soon());
    }

    [Fact]
    public async Task Value_SetByAGrain_ReachesThoseItCallsAndNotThoseThatCalledIt()
    {
        var other = cluster.NewGrain<IContextGrain>();

        var (there, here) = await cluster.NewGrain<IContextGrain>().SetAndCall(other, "key").Soon();

        Assert.Equal("set by the first", there);
        Assert.Equal("set by the first", here);
        Assert.Null(RequestContext.Get("key"));
    }

    [Fact]
    public async Task Value_OfOneCall_IsNotThereInTheNext()
    {
        var grain = cluster.NewGrain<IContextGrain>();
        await grain.Set("key", "value").Soon();

        Assert.Null(await grain.Get("key").Soon());
    }

    [Fact]
    public async Task Value_RemovedByTheCaller_IsNotSent()
    {
        RequestContext.Set("key", "value");
        RequestContext.Set("other", "stays");

        Assert.True(RequestContext.Remove("key"));

        Assert.Null(await cluster.NewGrain<IContextGrain>().Get("key").Soon());
        Assert.Equal("stays", await cluster.NewGrain<IContextGrain>().Get("other").Soon());
    }

    [Fact]
    public async Task Clear_ByTheCaller_SendsNothing()
    {
        RequestContext.Set("key", "value");

        RequestContext.Clear();

        Assert.Null(await cluster.NewGrain<IContextGrain>().Get("key").Soon());
    }
}
