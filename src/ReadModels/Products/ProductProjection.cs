using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Products;

/// <summary>The catalogue with its stock, searched by the words of the names.</summary>
public sealed class ProductProjection : IProjection
{
    public const string ProjectionName = "products";

    private static readonly string s_add = Load("AddProduct");
    private static readonly string s_change = Load("ChangeProduct");
    private static readonly string s_move = Load("MoveStock");
    private static readonly string s_addName = Load("AddProductName");
    private static readonly string s_changeName = Load("ChangeProductName");
    private static readonly string s_clear = Load("ClearProducts");
    private static readonly string s_clearNames = Load("ClearProductNames");

    public string Name => ProjectionName;

    public int Version => 1;

    public void Clear(SqliteSession session)
    {
        session.Statement(s_clear).Execute();
        session.Statement(s_clearNames).Execute();
    }

    public void Apply(ProjectionBatch batch, RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case InventoryEvent.ProductCreated e:
                batch.Statement(s_add)
                    .Bind(1, recorded.Position).Bind(2, e.ProductId).Bind(3, e.Name).Bind(4, e.Price.Amount).Bind(5, e.Price.Currency)
                    .Bind(6, recorded.Metadata.Time).Bind(7, recorded.Version).Execute();
                batch.Statement(s_addName).Bind(1, recorded.Position).Bind(2, e.Name).Execute();
                break;
            case InventoryEvent.ProductUpdated e:
                batch.Statement(s_change)
                    .Bind(1, e.ProductId).Bind(2, e.Name).Bind(3, e.Price.Amount).Bind(4, e.Price.Currency)
                    .Bind(5, recorded.Metadata.Time).Bind(6, recorded.Version).Execute();
                batch.Statement(s_changeName).Bind(1, e.ProductId).Bind(2, e.Name).Execute();
                break;
            case InventoryEvent e:
                var (available, reserved) = MovementOf(e);
                batch.Statement(s_move)
                    .Bind(1, recorded.Stream.Id).Bind(2, available).Bind(3, reserved)
                    .Bind(4, recorded.Metadata.Time).Bind(5, recorded.Version).Execute();
                break;
        }
    }

    private static (int Available, int Reserved) MovementOf(InventoryEvent happened) => happened switch
    {
        InventoryEvent.StockReceived e => (e.Quantity, 0),
        InventoryEvent.StockAdjusted e => (e.By, 0),
        InventoryEvent.StockReserved e => (-e.Quantity, e.Quantity),
        InventoryEvent.StockReleased { From: ReleasedFrom.Reservation } e => (e.Quantity, -e.Quantity),
        InventoryEvent.StockReleased e => (e.Quantity, 0),
        InventoryEvent.StockCommitted e => (0, -e.Quantity),
        InventoryEvent.ReservationExpired e => (e.Quantity, -e.Quantity),
        _ => throw new InvalidOperationException($"What {happened.GetType()} does to the stock is not known here."),
    };

    private static string Load(string name) => SqlText.Load(typeof(ProductProjection), name);
}
