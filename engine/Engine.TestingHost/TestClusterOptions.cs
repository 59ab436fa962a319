namespace Orleans.TestingHost;

/// <summary>What a test cluster is made of.</summary>
public class TestClusterOptions
{
    public string ClusterId { get; set; } = "";
    public string ServiceId { get; set; } = "";

    /// <summary>How many silos are started.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether deploying also starts the client.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>Assembly-qualified names of the silos' configurators, in order.</summary>
    public List<string> SiloBuilderConfiguratorTypes { get; } = [];

    /// <summary>Assembly-qualified names of the client's configurators, in order.</summary>
    public List<string> ClientBuilderConfiguratorTypes { get; } = [];
}
