using System.Text.Json;
using Crescent.Domain.Orders;
using Crescent.Domain.Users;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Orders;

/// <summary>Orders, and the timeline of everything that happened for each. The buyer's name is stored encrypted, addresses not at all.</summary>
public sealed class OrderProjection : IProjection
{
    public const string ProjectionName = "orders";

    private static readonly string s_add = Load("AddOrder");
    private static readonly string s_setStatus = Load("SetOrderStatus");
    private static readonly string s_forgetBuyer = Load("ForgetBuyer");
    private static readonly string s_addToTimeline = Load("AddToTimeline");
    private static readonly string s_clear = Load("ClearOrders");
    private static readonly string s_clearTimeline = Load("ClearTimeline");

    public string Name => ProjectionName;

    public int Version => 1;

    public void Clear(SqliteSession session)
    {
        session.Statement(s_clear).Execute();
        session.Statement(s_clearTimeline).Execute();
    }

    public void Apply(ProjectionBatch batch, RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case OrderEvent.Placed e:
                Add(batch, recorded, e);
                break;
            case OrderEvent e:
                var (status, at) = StatusAfter(e);
                batch.Statement(s_setStatus)
                    .Bind(1, recorded.Stream.Id).Bind(2, status).Bind(3, e is OrderEvent.Rejected rejected ? JsonNames.Of(rejected.Reason) : null)
                    .Bind(4, at).Bind(5, recorded.Version).Execute();
                break;
            case UserEvent.Erased e:
                batch.Statement(s_forgetBuyer).Bind(1, e.UserId).Execute();
                break;
        }

        if (OrderTimeline.OrderOf(recorded) is { } orderId)
            AddToTimeline(batch, recorded, orderId);
    }

    private static void Add(ProjectionBatch batch, RecordedEvent recorded, OrderEvent.Placed e)
    {
        var items = e.Lines.Select(static line =>
            new OrderItemRow(line.ProductId, line.Name, line.Quantity, line.UnitPrice.Amount, line.LineTotal.Amount));
        batch.Statement(s_add)
            .Bind(1, recorded.Position).Bind(2, e.OrderId).Bind(3, e.UserId).Bind(4, batch.Protect(e.UserId, e.UserName))
            .Bind(5, JsonSerializer.Serialize(items, JsonNames.Options)).Bind(6, e.Total.Amount).Bind(7, e.Total.Currency)
            .Bind(8, e.At).Bind(9, recorded.Version).Execute();
    }

    private static (string Status, DateTimeOffset At) StatusAfter(OrderEvent happened) => happened switch
    {
        OrderEvent.Confirmed e => ("confirmed", e.At),
        OrderEvent.Shipped e => ("shipped", e.At),
        OrderEvent.Completed e => ("completed", e.At),
        OrderEvent.Rejected e => ("rejected", e.At),
        OrderEvent.CancelRequested e => ("cancelling", e.At),
        OrderEvent.Cancelled e => ("cancelled", e.At),
        _ => throw new InvalidOperationException($"What {happened.GetType()} does to an order is not known here."),
    };

    private static void AddToTimeline(ProjectionBatch batch, RecordedEvent recorded, string orderId) =>
        batch.Statement(s_addToTimeline)
            .Bind(1, orderId).Bind(2, recorded.Position).Bind(3, recorded.Stream.Category).Bind(4, recorded.Stream.Id)
            .Bind(5, recorded.Version).Bind(6, recorded.Type).Bind(7, recorded.Metadata.Time).Bind(8, recorded.EventId)
            .Bind(9, recorded.Metadata.CommandId).Bind(10, recorded.Metadata.CorrelationId).Bind(11, recorded.Metadata.CausationId)
            .Bind(12, recorded.Metadata.TraceParent).Bind(13, OrderTimeline.DataOf(recorded.Event)).Execute();

    private static string Load(string name) => SqlText.Load(typeof(OrderProjection), name);
}
