using Crescent.ApiHost.Health;

namespace Crescent.ApiHost.Composition;

/// <summary>An API host in a cluster is ready when it is connected to a silo and the read models answer.</summary>
internal sealed class ClusterReadiness(ClusterConnection connection) : IReadiness
{
    public Task<string?> FindFaultAsync(CancellationToken ct) =>
        Task.FromResult(connection.IsLost ? "No silo can be reached." : null);
}
