using Crescent.ApiHost.Health;

namespace Crescent.ApiHost.Composition;

/// <summary>An API host in a cluster is ready when it is connected to a silo and the read models answer.</summary>
internal sealed class ClusterReadiness(ClusterConnection connection, IHostApplicationLifetime lifetime) : IReadiness
{
    public Task<string?> FindFaultAsync(CancellationToken ct)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || connection.IsLost)
            return Task.FromResult<string?>("No silo can be reached.");
        return Task.FromResult<string?>(null);
    }
}
