using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Runtime;

public sealed class IdTests
{
    [Fact]
    public void GrainId_Text_IsTypeAndKey()
    {
        var id = GrainId.Create("order", "a/b");

        Assert.Equal("order/a/b", id.ToString());
        Assert.Equal(id, GrainId.Parse("order/a/b"));
        Assert.Equal("a/b", id.Key.ToString());
        Assert.False(GrainId.TryParse("order", out _));
        Assert.False(GrainId.TryParse("/x", out _));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(255, "FF")]
    [InlineData(-1, "FFFFFFFFFFFFFFFF")]
    public void IntegerKey_IsUppercaseHexadecimal(long key, string text)
    {
        var id = new GrainId(GrainType.Create("t"), GrainIdKeyExtensions.CreateIntegerKey(key));

        Assert.Equal(text, id.Key.ToString());
        Assert.Equal(key, id.GetIntegerKey());
    }

    [Fact]
    public void GuidKey_IsThirtyTwoDigits()
    {
        var key = Guid.Parse("0a1b2c3d-0000-1111-2222-333344445555");
        var id = new GrainId(GrainType.Create("t"), GrainIdKeyExtensions.CreateGuidKey(key));

        Assert.Equal("0a1b2c3d000011112222333344445555", id.Key.ToString());
        Assert.Equal(key, id.GetGuidKey());
        Assert.Throws<ArgumentException>(() => GrainId.Parse("t/zz").GetIntegerKey());
    }

    [Fact]
    public void SiloAddress_TextAndParsing()
    {
        var address = SiloAddress.New(IPAddress.Loopback, 11111, 7);

        Assert.Equal("S127.0.0.1:11111:7", address.ToString());
        Assert.Equal(address, SiloAddress.FromParsableString(address.ToParsableString()));
    }

    [Fact]
    public void StableHash_IsTheSameForEver()
    {
        // Placement of grains will depend on it, on every silo: changing it is changing the protocol.
        Assert.Equal(0x9416ac93u, IdSpan.Create("1").GetUniformHashCode());
        Assert.Equal(0x149bbb7fu, IdSpan.Create("hello, world").GetUniformHashCode());
    }

    [Theory]
    [InlineData(typeof(ProbeGrain), "probe")]
    [InlineData(typeof(TravelGrain), "travel")]
    [InlineData(typeof(NamedGrain), "given")]
    [InlineData(typeof(Dictionary<int, int>), "dictionary`2")]
    public void GrainType_OfAClass_IsItsNameWithoutGrain(Type grainClass, string expected) =>
        Assert.Equal(expected, GrainTypeNames.Of(grainClass, new ServiceCollection().BuildServiceProvider()).ToString());

    [Fact]
    public void Resolve_OfAnInterface_FollowsItsRules()
    {
        var map = new GrainClassMap(TestSilo.Manifest(), new ServiceCollection().BuildServiceProvider());

        Assert.Equal("probe", map.Resolve(typeof(IProbe), typeof(ProbeGrain).FullName).ToString());
        Assert.Equal("travel", map.Resolve(typeof(ITravelGrain)).ToString());
        Assert.Throws<ArgumentException>(() => map.Resolve(typeof(IProbe)));
        Assert.Throws<ArgumentException>(() => map.Resolve(typeof(IProbe), "Nowhere"));
        Assert.Throws<ArgumentException>(() => map.Resolve(typeof(IUnimplemented)));
    }

    [GrainType("given")]
    private sealed class NamedGrain : Grain;
}

public interface IUnimplemented : IGrainWithStringKey;
