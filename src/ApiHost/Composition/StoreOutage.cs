using Crescent.ApiHost.Http;
using Crescent.EventStore;

namespace Crescent.ApiHost.Composition;

/// <summary>The database of events or read models does not answer.</summary>
internal sealed class StoreOutage : IOutage
{
    public bool Is(Exception exception) => exception is EventStoreUnavailableException;
}
