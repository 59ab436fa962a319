using System.Text.Json;
using Crescent.Cluster.Tests.Clusters;
using Crescent.Silo;

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>A cluster as the tests of the API see it: what answers behind the balancer.</summary>
/// <param name="end">What is done when the test no longer needs it.</param>
internal sealed class ClusterCrescent(LocalCluster cluster, Func<ValueTask> end) : RunningCrescent
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public LocalCluster Cluster => cluster;

    public override Uri BaseAddress => cluster.Balancer;

    public override Uri HostAddress => cluster.ApiHost("api-1");

    public override Secrets Secrets { get; } = JsonSerializer.Deserialize<Secrets>(File.ReadAllBytes(cluster.SecretsFile), Json)!;

    public override string PaymentsFile => cluster.PaymentsFile;

    public override ValueTask DisposeAsync() => end();
}
