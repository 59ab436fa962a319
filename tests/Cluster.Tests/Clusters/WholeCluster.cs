using Crescent.ApiHost.Tests.Hosting;

namespace Crescent.Cluster.Tests.Clusters;

/// <summary>Tests that break the shared cluster: each finds it whole, and leaves it whole.</summary>
public abstract class WholeCluster(HostFixture fixture) : IAsyncLifetime
{
    internal ClusterCrescent Host { get; } = (ClusterCrescent)fixture.Host;

    internal LocalCluster Cluster => Host.Cluster;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Cluster.HealAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Cluster.HealAsync();
    }
}
