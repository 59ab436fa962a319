using Crescent.ApiHost.Tests.Hosting;
using Crescent.Cluster.Tests.Clusters;

namespace Crescent.Cluster.Tests.Chaos;

/// <summary>Real processes die, stop and lose one another under load; afterwards everything is looked at from outside.</summary>
public sealed class ChaosTests(HostFixture fixture) : WholeCluster(fixture)
{
    [Fact]
    public async Task Faults_UnderLoad_LoseAndDoubleNothing()
    {
        var report = await new ChaosRun(Host, ChaosForm.FromEnvironment()).RunAsync(Ct);

        await File.WriteAllTextAsync(Path.Combine(ClusterScript.Repository, "artifacts", "chaos.txt"), report.ToString(), Ct);
        Assert.True(report.AllHold, report.Failures);
    }
}
