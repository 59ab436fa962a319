using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Builds a cluster inside the test process, configured by functions that may share objects with the test.</summary>
public sealed class InProcessTestClusterBuilder
{
    /// <summary>A cluster of one silo.</summary>
    public InProcessTestClusterBuilder()
        : this(1)
    {
    }

    /// <summary>A cluster of some silos.</summary>
    public InProcessTestClusterBuilder(short initialSilosCount)
    {
        var id = CreateClusterId();
        Options = new() { InitialSilosCount = initialSilosCount, ClusterId = id, ServiceId = id };
    }

    public InProcessTestClusterOptions Options { get; }

    /// <summary>A cluster id that no other cluster has.</summary>
    public static string CreateClusterId() => TestClusterBuilder.CreateClusterId();

    /// <summary>Configures every silo.</summary>
    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        Options.SiloConfigurationDelegates.Add(configureSiloDelegate);
        return this;
    }

    /// <summary>Configures the host of every silo.</summary>
    public InProcessTestClusterBuilder ConfigureSiloHost(Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    /// <summary>Configures the client.</summary>
    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        Options.ClientConfigurationDelegates.Add(configureClientDelegate);
        return this;
    }

    /// <summary>The cluster; it is started by <see cref="InProcessTestCluster.DeployAsync"/>.</summary>
    public InProcessTestCluster Build() => new(Options);
}
