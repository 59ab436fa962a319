using Crescent.Cluster.Tests.Clusters;
using Crescent.Cluster.Tests.Load;

namespace Crescent.Cluster.Tests.Failover;

/// <summary>Requests that have nothing to do with a dead silo: grains of other silos, lists, the catalogue, health.</summary>
internal sealed class ElsewhereLoad(LoadClient client, RunClock clock, string adminToken)
{
    public const string Kind = "elsewhere";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public Task Done { get; private set; } = Task.CompletedTask;

    /// <param name="products">Products whose grains live elsewhere.</param>
    public void Start(int readers, IReadOnlyList<string> products, TimeSpan until, CancellationToken ct) =>
        Done = Task.WhenAll(Enumerable.Range(0, readers).Select(reader => ReadAsync(reader, products, until, ct)));

    async Task ReadAsync(int reader, IReadOnlyList<string> products, TimeSpan until, CancellationToken ct)
    {
        string[] paths = [.. products.Select(product => $"/api/v1/products/{product}"), "/api/v1/products?limit=20", "/api/v1/orders?limit=20", "/api/v1/users?limit=5", "/health/ready"];
        for (var i = reader; clock.Now < until; i++)
        {
            await client.SendAsync(Kind, HttpMethod.Get, paths[i % paths.Length], adminToken);
            await clock.PauseAsync(Pause, ct);
        }
    }
}
