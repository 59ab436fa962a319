using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;

namespace Crescent.ReadModels.Orders;

/// <summary>Which events belong to the life of an order, and what may be shown of them.</summary>
internal static class OrderTimeline
{
    private static readonly JsonSerializerOptions s_json = new(JsonNames.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPersonal } },
    };

    /// <summary>The order an event belongs to; null if none.</summary>
    public static string? OrderOf(RecordedEvent recorded) => recorded.Stream.Category switch
    {
        StreamCategory.Order or StreamCategory.Payment or StreamCategory.Shipment or StreamCategory.Saga => recorded.Stream.Id,
        StreamCategory.Inventory => recorded.Event switch
        {
            InventoryEvent.StockReserved e => e.OrderId,
            InventoryEvent.StockReleased e => e.OrderId,
            InventoryEvent.StockCommitted e => e.OrderId,
            InventoryEvent.ReservationExpired e => e.OrderId,
            _ => null,
        },
        _ => null,
    };

    public static string DataOf(IDomainEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), s_json);

    private static void LeaveOutPersonal(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: true) ?? false)
                type.Properties.RemoveAt(i);
    }
}
