using Crescent.ApiHost.Health;
using Crescent.EventStore;

namespace Crescent.ApiHost.Composition;

/// <summary>The embedded run is ready when its event store answers: everything else is this very process.</summary>
internal sealed class EmbeddedReadiness(IEventStore store) : IReadiness
{
    public async Task<string?> FindFaultAsync(CancellationToken ct)
    {
        try
        {
            await store.ReadHeadAsync(ct);
            return null;
        }
        catch (EventStoreUnavailableException)
        {
            return "The event store does not answer.";
        }
    }
}
