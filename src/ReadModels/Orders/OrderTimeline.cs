using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Orders;

/// <summary>Which events belong to the life of an order, and what may be shown of them.</summary>
internal static class OrderTimeline
{
    private static readonly JsonSerializerOptions s_json = new(JsonNames.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPersonal } },
    };

    private static readonly RowWriter<(string OrderId, RecordedEvent Recorded)> s_add =
        RowWriter<(string OrderId, RecordedEvent Recorded)>.Load(typeof(OrderTimeline), "AddToTimeline")
            .Text(static it => it.OrderId).Int64(static it => it.Recorded.Position).Text(static it => it.Recorded.Stream.Category)
            .Text(static it => it.Recorded.Stream.Id).Int32(static it => it.Recorded.Version).Text(static it => it.Recorded.Type)
            .Time(static it => it.Recorded.Metadata.Time).Guid(static it => it.Recorded.EventId).Guid(static it => it.Recorded.Metadata.CommandId)
            .Text(static it => it.Recorded.Metadata.CorrelationId).Text(static it => it.Recorded.Metadata.CausationId)
            .Text(static it => it.Recorded.Metadata.TraceParent).Text(static it => DataOf(it.Recorded.Event));

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

    public static IRowWrite Add(IReadOnlyList<(string OrderId, RecordedEvent Recorded)> entries) => s_add.Of(entries);

    private static string DataOf(IDomainEvent happened) => JsonSerializer.Serialize(happened, happened.GetType(), s_json);

    private static void LeaveOutPersonal(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: true) ?? false)
                type.Properties.RemoveAt(i);
    }
}
