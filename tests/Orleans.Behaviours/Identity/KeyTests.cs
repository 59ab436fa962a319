using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Identity;

public sealed class KeyTests(Cluster cluster)
{
    [Fact]
    public async Task GuidKey_OfAGrain_IsItsGuidAndTheTextHas32Digits()
    {
        var key = Guid.CreateVersion7();
        var grain = cluster.Client.GetGrain<IGuidKeyGrain>(key);

        Assert.Equal(key, await grain.Key().Soon());
        Assert.Equal(key, grain.GetPrimaryKey());
        Assert.Equal("guidkey/" + key.ToString("N"), grain.GetGrainId().ToString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(255, "FF")]
    [InlineData(-1, "FFFFFFFFFFFFFFFF")]
    [InlineData(long.MaxValue, "7FFFFFFFFFFFFFFF")]
    public async Task IntegerKey_OfAGrain_IsItsNumberAndTheTextIsHexadecimal(long key, string text)
    {
        var grain = cluster.Client.GetGrain<IIntegerKeyGrain>(key);

        Assert.Equal(key, await grain.Key().Soon());
        Assert.Equal(key, grain.GetPrimaryKeyLong());
        Assert.Equal("integerkey/" + text, grain.GetGrainId().ToString());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with spaces, /slashes/ and ünïcödé")]
    public async Task StringKey_OfAGrain_IsItsText(string key)
    {
        var grain = cluster.Client.GetGrain<IStringKeyGrain>(key);

        Assert.Equal(key, await grain.Key().Soon());
        Assert.Equal(key, grain.GetPrimaryKeyString());
    }

    [Fact]
    public async Task GrainType_FromTheAttribute_IsPartOfTheId()
    {
        var grain = cluster.Client.GetGrain<IStringKeyGrain>("key");

        Assert.Equal(GrainId.Create("named", "key"), grain.GetGrainId());
        Assert.Equal(grain.GetGrainId(), await grain.Id().Soon());
        Assert.Equal("named/key", grain.GetGrainId().ToString());
    }

    [Fact]
    public async Task GetGrain_ByItsParsedId_IsTheSameGrain()
    {
        var grain = cluster.Client.GetGrain<IStringKeyGrain>(GrainId.Parse("named/some/key"));

        Assert.Equal("some/key", await grain.Key().Soon());
        Assert.Equal(cluster.Client.GetGrain<IStringKeyGrain>("some/key"), grain);
    }

    [Fact]
    public void TryParse_WithoutASeparator_Fails() => Assert.False(GrainId.TryParse("no separator", out _));

    [Fact]
    public async Task GetGrain_ByInterfaceType_IsTheSameGrain()
    {
        var grain = (IStringKeyGrain)cluster.Client.GetGrain(typeof(IStringKeyGrain), "by type");

        Assert.Equal("by type", await grain.Key().Soon());
    }

    [Fact]
    public async Task Reference_AsArgumentAndResult_StaysTheSameGrain()
    {
        var other = cluster.NewGrain<IStringKeyGrain>();

        Assert.Equal(other.GetPrimaryKeyString(), await cluster.NewGrain<IStringKeyGrain>().KeyOf(other).Soon());
        Assert.Equal(other, await other.Self().Soon());
    }

    [Fact]
    public async Task GetGrain_WithAClassNamePrefix_ChoosesTheImplementation()
    {
        var key = Cluster.NewKey();

        Assert.Equal("red", await cluster.Client.GetGrain<IColourGrain>(key, typeof(RedColourGrain).FullName).Name().Soon());
        Assert.Equal("redder", await cluster.Client.GetGrain<IColourGrain>(key, "Orleans.Behaviours.Identity.Redder").Name().Soon());
    }

    [Fact]
    public void GetGrain_OfAnInterfaceWithSeveralImplementations_IsRefused() =>
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<IColourGrain>("key"));

    [Fact]
    public async Task GetGrain_OfAnInterfaceWithAClassOfItsName_ChoosesThat() =>
        Assert.Equal("default", await cluster.Client.GetGrain<IShapeGrain>("key").Name().Soon());

    [Fact]
    public void GetGrain_OfAnInterfaceWithoutImplementation_IsRefused() =>
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<IOrphanGrain>("key"));
}
