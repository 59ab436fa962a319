using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Messages;

public sealed class IsolationTests(Cluster cluster)
{
    [Fact]
    public async Task Argument_ChangedByTheGrain_StaysAsItIsForTheCaller()
    {
        var basket = new Basket { Items = { "one" } };

        await cluster.NewGrain<IIsolationGrain>().AddTo(basket, "two").Soon();

        Assert.Equal(["one"], basket.Items);
    }

    [Fact]
    public async Task Argument_ChangedByTheCallerAfterTheCall_StaysAsItIsForTheGrain()
    {
        var basket = new Basket { Items = { "one" } };
        var gate = Gate.New();

        var count = cluster.NewGrain<IIsolationGrain>().CountAfterGate(basket, gate.Name);
        basket.Items.Add("two");
        gate.Open();

        Assert.Equal(1, await count.Soon());
    }

    [Fact]
    public async Task Argument_BetweenGrainsOfOneSilo_IsACopyToo()
    {
        var other = cluster.NewGrain<IIsolationGrain>();

        Assert.Equal(1, await cluster.NewGrain<IIsolationGrain>().CountAfterCallTo(other, new Basket { Items = { "one" } }).Soon());
    }

    [Fact]
    public async Task Argument_KeptByTheGrain_IsItsOwn()
    {
        var grain = cluster.NewGrain<IIsolationGrain>();
        var basket = new Basket { Owner = "me", Items = { "one" } };
        await grain.Keep(basket);

        basket.Items.Clear();

        var kept = await grain.Kept().Soon();
        Assert.Equal("me", kept.Owner);
        Assert.Equal(["one"], kept.Items);
    }

    [Fact]
    public async Task Result_ChangedByTheCaller_StaysAsItIsForTheGrain()
    {
        var grain = cluster.NewGrain<IIsolationGrain>();
        await grain.Keep(new Basket { Items = { "one" } });

        (await grain.Kept().Soon()).Items.Add("two");

        Assert.Equal(["one"], (await grain.Kept().Soon()).Items);
    }
}
