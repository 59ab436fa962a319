using Crescent.ApiHost.Health;
using Crescent.EventStore;
using Crescent.ReadModels;
using Crescent.ReadModels.Products;

namespace Crescent.ApiHost.Composition;

/// <summary>An API host in a cluster is ready when it is connected to a silo and the read models answer.</summary>
internal sealed class ClusterReadiness(ClusterConnection connection, ProductQueries products) : IReadiness
{
    static readonly PageRequest OneRow = new(1, null);

    public async Task<string?> FindFaultAsync(CancellationToken ct)
    {
        if (connection.IsLost) return "No silo can be reached.";
        try
        {
            await products.ListAsync(null, OneRow, ct);
            return null;
        }
        catch (EventStoreUnavailableException)
        {
            return "The read models do not answer.";
        }
    }
}
