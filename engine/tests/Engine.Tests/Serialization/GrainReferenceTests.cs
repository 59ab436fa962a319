using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;

namespace Engine.Tests.Serialization;

public sealed class GrainReferenceTests
{
    [Fact]
    public async Task RoundTrip_OfAReference_GivesOneToTheSameGrainAndInterface()
    {
        await using var silo = await TestSilo.StartAsync();
        var serializer = silo.Services.GetRequiredService<Serializer>();
        var original = silo.Client.GetGrain<IProbe>("key", typeof(ProbeGrain).FullName);

        var declared = serializer.Deserialize<IProbe>(serializer.SerializeToArray(original));
        var asBase = serializer.Deserialize<IGrain>(serializer.SerializeToArray<IGrain>(original));
        var asObject = serializer.Deserialize<object>(serializer.SerializeToArray<object>(new object[] { original, original }));

        Assert.Equal(original, declared);
        Assert.Equal(original, Assert.IsAssignableFrom<IProbe>(asBase));
        Assert.All((object[])asObject, o => Assert.Equal(original, Assert.IsAssignableFrom<IProbe>(o)));
        Assert.Null(serializer.Deserialize<IProbe?>(serializer.SerializeToArray<IProbe?>(null)));
    }

    [Fact]
    public async Task Copy_OfAReference_SharesIt()
    {
        await using var silo = await TestSilo.StartAsync();
        var copier = silo.Services.GetRequiredService<DeepCopier>();
        var original = silo.Client.GetGrain<IProbe>("key", typeof(ProbeGrain).FullName);

        Assert.Same(original, copier.Copy(original));
        Assert.Same(original, copier.Copy<object>(original));
    }

    [Fact]
    public void Deserialize_OutsideASilo_IsRefused()
    {
        byte[] reference = [4, 0, 3, 3, (byte)'a', (byte)'/', (byte)'b', (1 << 3) | 3, 1, (byte)'i', 7];

        Assert.Throws<SerializerException>(() => SerializerFixture.Bytes.Deserialize<IGrain>(reference));
    }
}
