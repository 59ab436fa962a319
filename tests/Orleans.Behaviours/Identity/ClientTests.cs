using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviours.Support;

namespace Orleans.Behaviours.Identity;

public sealed class ClientTests(Cluster cluster)
{
    [Fact]
    public async Task Client_InTheServicesOfTheSilo_CallsTheSameGrains()
    {
        var client = cluster.SiloServices.GetRequiredService<IClusterClient>();

        var grain = client.GetGrain<IStringKeyGrain>("from the silo's services");

        Assert.Equal("from the silo's services", await grain.Key().Soon());
        Assert.Equal(cluster.Client.GetGrain<IStringKeyGrain>("from the silo's services").GetGrainId(), grain.GetGrainId());
    }

    [Fact]
    public void Client_OfTheCluster_HasServicesOfItsOwn() =>
        Assert.NotNull(cluster.Client.ServiceProvider.GetRequiredService<IGrainFactory>());
}
