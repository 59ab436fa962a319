using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crescent.Domain;
using Crescent.EventStore;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Orders;

/// <summary>
/// The life of an order, read from the log: the streams that have the order's id, and the events of its stock, to which
/// the read model points. It ends where the read model of orders stands, so that both show the same moment.
/// </summary>
internal sealed class OrderTimeline(ViewsDatabase views, IEventReader events)
{
    private const int EventsPerRead = 100;

    private static readonly ViewSql s_stockEvents = ViewSql.Same(typeof(OrderTimeline), "ReadStockEvents");

    private static readonly string[] s_categories = [StreamCategory.Order, StreamCategory.Payment, StreamCategory.Shipment, StreamCategory.Saga];

    private static readonly JsonSerializerOptions s_json = new(JsonNames.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPersonal } },
    };

    /// <summary>The first events after a position, oldest first, so many at most.</summary>
    public async Task<List<Listed<TimelineEntry>>> ReadAsync(string orderId, long after, int count, CancellationToken ct)
    {
        // One query, so that the checkpoint is that of the pointers; the streams are complete up to there when it is read.
        var rows = await views.QueryAsync(
            s_stockEvents, static row => (Checkpoint: row.Int64(0), StockEvent: row.Int64(1)), ct, orderId, after, count, ProjectionNames.Orders);
        if (rows.Count == 0) return [];

        var stretch = new Stretch(after, rows[0].Checkpoint, count);
        var found = new List<RecordedEvent>();
        foreach (var category in s_categories) found.AddRange(await ReadStreamAsync(new StreamName(category, orderId), stretch, ct));
        foreach (var (_, position) in rows)
            if (position > 0)
                found.AddRange(await events.ReadLogAsync(position - 1, 1, ct));
        return [.. found.OrderBy(static recorded => recorded.Position).Take(count).Select(static recorded => new Listed<TimelineEntry>(recorded.Position, EntryOf(recorded)))];
    }

    private static TimelineEntry EntryOf(RecordedEvent recorded) => new(
        recorded.Position, recorded.Stream.Category, recorded.Stream.Id, recorded.Version, recorded.Type, recorded.Metadata.Time,
        recorded.EventId, recorded.Metadata.CommandId, recorded.Metadata.CorrelationId, recorded.Metadata.CausationId,
        recorded.Metadata.TraceParent, JsonSerializer.Serialize(recorded.Event, recorded.Event.GetType(), s_json));

    private static void LeaveOutPersonal(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(PersonalAttribute), inherit: true) ?? false)
                type.Properties.RemoveAt(i);
    }

    private async Task<List<RecordedEvent>> ReadStreamAsync(StreamName stream, Stretch stretch, CancellationToken ct)
    {
        var found = new List<RecordedEvent>();
        IReadOnlyList<RecordedEvent> read;
        var version = 0;
        do
        {
            read = await events.ReadStreamAsync(stream, version, EventsPerRead, ct);
            found.AddRange(read.Where(recorded => recorded.Position > stretch.After && recorded.Position <= stretch.UpTo));
            version += read.Count;
        }
        while (read.Count == EventsPerRead && found.Count < stretch.Count);
        return found;
    }

    private readonly record struct Stretch(long After, long UpTo, int Count);
}
