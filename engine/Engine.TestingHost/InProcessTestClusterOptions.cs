using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>What an in-process test cluster is made of.</summary>
public sealed class InProcessTestClusterOptions
{
    public string ClusterId { get; set; } = "";
    public string ServiceId { get; set; } = "";

    /// <summary>How many silos are started.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether deploying also starts the client.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    internal List<Action<Hosting.IClientBuilder>> ClientConfigurationDelegates { get; } = [];
    internal List<Action<InProcessTestSiloSpecificOptions, Hosting.ISiloBuilder>> SiloConfigurationDelegates { get; } = [];
}

/// <summary>What tells the silos of a cluster apart.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; set; } = "";
}
