using System.Globalization;

namespace Orleans.TestingHost;

/// <summary>Builds a cluster that runs inside the test process.</summary>
public class TestClusterBuilder
{
    /// <summary>A cluster of two silos.</summary>
    public TestClusterBuilder()
        : this(2)
    {
    }

    /// <summary>A cluster of some silos.</summary>
    public TestClusterBuilder(short initialSilosCount)
    {
        var id = CreateClusterId();
        Options = new() { InitialSilosCount = initialSilosCount, ClusterId = id, ServiceId = id };
    }

    public TestClusterOptions Options { get; }

    /// <summary>A cluster id that no other cluster has.</summary>
    public static string CreateClusterId() => string.Create(CultureInfo.InvariantCulture, $"testcluster-{Guid.CreateVersion7():N}");

    /// <summary>Adds a configurator of silos.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<TSiloBuilder>() where TSiloBuilder : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(TSiloBuilder)))
            throw new ArgumentException($"{typeof(TSiloBuilder)} must implement {nameof(ISiloConfigurator)}.");
        Options.SiloBuilderConfiguratorTypes.Add(typeof(TSiloBuilder).AssemblyQualifiedName!);
        return this;
    }

    /// <summary>Adds a configurator of the client.</summary>
    public TestClusterBuilder AddClientBuilderConfigurator<TClientBuilder>() where TClientBuilder : IClientBuilderConfigurator, new()
    {
        Options.ClientBuilderConfiguratorTypes.Add(typeof(TClientBuilder).AssemblyQualifiedName!);
        return this;
    }

    /// <summary>The cluster; it is started by <see cref="TestCluster.DeployAsync"/>.</summary>
    public TestCluster Build() => new(Options);
}
