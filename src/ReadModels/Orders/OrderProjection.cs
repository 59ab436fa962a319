using System.Text.Json;
using Crescent.Domain;
using Crescent.Domain.Inventory;
using Crescent.Domain.Orders;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Orders;

/// <summary>
/// Orders, and where in the log the events of each one's stock are, which alone don't stand in a stream with its id. The
/// buyer's name is stored encrypted, addresses not at all.
/// </summary>
internal sealed class OrderProjection : IProjection
{
    private static readonly ViewSql s_read = ViewSql.Each(typeof(OrderProjection), "ReadOrders");

    private static readonly RowWriter<Listed<OrderRow>> s_write = RowWriter<Listed<OrderRow>>.Load(typeof(OrderProjection), "WriteOrders")
        .Int64(static it => it.Position).Text(static it => it.Row.Id).Text(static it => it.Row.UserId).Text(static it => it.Row.UserName)
        .Text(static it => it.Row.Status).Text(static it => JsonSerializer.Serialize(it.Row.Items, JsonNames.Options)).Decimal(static it => it.Row.Total)
        .Text(static it => it.Row.Currency).Text(static it => it.Row.Reason).Time(static it => it.Row.CreatedAt).Time(static it => it.Row.UpdatedAt)
        .Int32(static it => it.Row.Version);

    private static readonly RowWriter<string> s_forget = RowWriter<string>.Load(typeof(OrderProjection), "ForgetBuyers")
        .Text(static userId => userId);

    private static readonly RowWriter<(string OrderId, long Position)> s_addStockEvents =
        RowWriter<(string OrderId, long Position)>.Load(typeof(OrderProjection), "AddStockEvents")
            .Text(static it => it.OrderId).Int64(static it => it.Position);

    private static readonly IRowWrite s_clear = RowWriter.Once(typeof(OrderProjection), "ClearOrders");
    private static readonly IRowWrite s_clearStockEvents = RowWriter.Once(typeof(OrderProjection), "ClearStockEvents");

    public string Name => ProjectionNames.Orders;

    public int Version => 1;

    public IReadOnlyList<IRowWrite> Clear() => [s_clear, s_clearStockEvents];

    public async Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct)
    {
        var changed = batch.Events.Where(static recorded => recorded.Event is OrderEvent and not OrderEvent.Placed).Select(static recorded => recorded.Stream.Id);
        var orders = await Rows<Listed<OrderRow>>.ReadAsync(batch.Views, s_read, OrderQueries.Map, static it => it.Row.Id, changed, ct);
        var forgotten = new List<string>();
        var stockEvents = new List<(string OrderId, long Position)>();
        foreach (var recorded in batch.Events)
        {
            if (recorded.Event is OrderEvent happened && Evolve(orders[recorded.Stream.Id], happened, recorded, batch) is { } order)
                orders[recorded.Stream.Id] = order;
            if (recorded.Event is UserEvent.Erased erased) forgotten.Add(erased.UserId);
            if (OrderOfStock(recorded.Event) is { } orderId) stockEvents.Add((orderId, recorded.Position));
        }

        // Forgotten last, so that it reaches the orders of this batch as well.
        return [s_write.Of(orders.Changed), s_addStockEvents.Of(stockEvents), s_forget.Of(forgotten)];
    }

    /// <summary>The order that an event of a product is about; null if it is about none.</summary>
    private static string? OrderOfStock(IDomainEvent happened) => happened switch
    {
        InventoryEvent.StockReserved e => e.OrderId,
        InventoryEvent.StockReleased e => e.OrderId,
        InventoryEvent.StockCommitted e => e.OrderId,
        InventoryEvent.ReservationExpired e => e.OrderId,
        _ => null,
    };

    private static Listed<OrderRow>? Evolve(Listed<OrderRow>? before, OrderEvent happened, RecordedEvent recorded, ProjectionBatch batch)
    {
        if (happened is OrderEvent.Placed placed)
            return new Listed<OrderRow>(recorded.Position, Begin(placed, recorded.Version, batch));

        if (before is not { } order) return null;
        var row = order.Row with { Version = recorded.Version };
        return order with
        {
            Row = happened switch
            {
                OrderEvent.Confirmed e => row with { Status = "confirmed", UpdatedAt = e.At },
                OrderEvent.Shipped e => row with { Status = "shipped", UpdatedAt = e.At },
                OrderEvent.Completed e => row with { Status = "completed", UpdatedAt = e.At },
                OrderEvent.Rejected e => row with { Status = "rejected", Reason = JsonNames.Of(e.Reason), UpdatedAt = e.At },
                OrderEvent.CancelRequested e => row with { Status = "cancelling", UpdatedAt = e.At },
                OrderEvent.Cancelled e => row with { Status = "cancelled", UpdatedAt = e.At },
                _ => throw new InvalidOperationException($"What {happened.GetType()} does to an order is not known here."),
            },
        };
    }

    private static OrderRow Begin(OrderEvent.Placed e, int version, ProjectionBatch batch) => new(
        e.OrderId, e.UserId, batch.Protect(e.UserId, e.UserName), "placed",
        [.. e.Lines.Select(static line => new OrderItemRow(line.ProductId, line.Name, line.Quantity, line.UnitPrice.Amount, line.LineTotal.Amount))],
        e.Total.Amount, e.Total.Currency, Reason: null, e.At, e.At, version);
}
