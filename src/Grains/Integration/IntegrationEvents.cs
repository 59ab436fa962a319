using Crescent.EventStore;
using Crescent.GrainInterfaces.Integration;

namespace Crescent.Grains.Integration;

/// <summary>Which recorded events become integration events, and of which stream.</summary>
static class IntegrationEvents
{
    /// <summary>The namespace that carries events of this category, or null: sagas and claims are nobody else's business.</summary>
    public static string? NamespaceOf(string category) => category switch
    {
        StreamCategory.User => IntegrationStreams.UserEvents,
        StreamCategory.Inventory => IntegrationStreams.InventoryEvents,
        StreamCategory.Order => IntegrationStreams.OrderEvents,
        StreamCategory.Payment => IntegrationStreams.PaymentEvents,
        StreamCategory.Shipment => IntegrationStreams.ShipmentEvents,
        _ => null,
    };

    public static IntegrationEvent From(RecordedEvent recorded, int partition, long previousPosition) => new(
        recorded.EventId, $"/crescent/{recorded.Stream}", recorded.Type, recorded.Stream.Id, recorded.Metadata.Time,
        "application/json", recorded.SchemaVersion, IntegrationJson.Encode(recorded.Event), recorded.Metadata.TraceParent,
        recorded.Metadata.CorrelationId, recorded.Version, partition, recorded.Position, previousPosition);
}
