using Crescent.Domain.Inventory;
using Crescent.EventStore;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Products;

/// <summary>The catalogue with its stock, searched by the words of the names.</summary>
internal sealed class ProductProjection : IProjection
{
    private static readonly ViewSql s_read = ViewSql.Each(typeof(ProductProjection), "ReadProducts");

    private static readonly RowWriter<Listed<ProductRow>> s_write = RowWriter<Listed<ProductRow>>.Load(typeof(ProductProjection), "WriteProducts")
        .Int64(static it => it.Position).Text(static it => it.Row.Id).Text(static it => it.Row.Name).Decimal(static it => it.Row.Price)
        .Text(static it => it.Row.Currency).Int64(static it => it.Row.Available).Int64(static it => it.Row.Reserved)
        .Time(static it => it.Row.CreatedAt).Time(static it => it.Row.UpdatedAt).Int32(static it => it.Row.Version);

    private static readonly RowWriter<Listed<string>> s_writeWords = RowWriter<Listed<string>>.Load(typeof(ProductProjection), "WriteProductWords")
        .Int64(static it => it.Position).Text(static it => FullText.WordsOf(it.Row));

    private static readonly IRowWrite s_clear = RowWriter.Once(typeof(ProductProjection), "ClearProducts");
    private static readonly IRowWrite s_clearWords = RowWriter.Once(typeof(ProductProjection), "ClearProductWords");

    public string Name => ProjectionNames.Products;

    public int Version => 1;

    public IReadOnlyList<IRowWrite> Clear() => [s_clear, s_clearWords];

    public async Task<IReadOnlyList<IRowWrite>> ApplyAsync(ProjectionBatch batch, CancellationToken ct)
    {
        var changed = batch.Events.Where(static recorded => recorded.Event is InventoryEvent).Select(static recorded => recorded.Stream.Id);
        var products = await Rows<Listed<ProductRow>>.ReadAsync(batch.Views, s_read, ProductQueries.Map, static it => it.Row.Id, changed, ct);
        var names = new Dictionary<long, string>();
        foreach (var recorded in batch.Events)
        {
            if (recorded.Event is not InventoryEvent happened) continue;
            if (Evolve(products[recorded.Stream.Id], happened, recorded) is not { } product) continue;
            products[recorded.Stream.Id] = product;
            if (happened is InventoryEvent.ProductCreated or InventoryEvent.ProductUpdated) names[product.Position] = product.Row.Name;
        }

        return [s_write.Of(products.Changed), s_writeWords.Of([.. names.Select(static name => new Listed<string>(name.Key, name.Value))])];
    }

    private static Listed<ProductRow>? Evolve(Listed<ProductRow>? before, InventoryEvent happened, RecordedEvent recorded)
    {
        var at = recorded.Metadata.Time;
        if (happened is InventoryEvent.ProductCreated created)
            return new Listed<ProductRow>(recorded.Position, new ProductRow(
                created.ProductId, created.Name, created.Price.Amount, created.Price.Currency, Available: 0, Reserved: 0, at, at, recorded.Version));

        if (before is not { } product) return null;
        var row = product.Row with { UpdatedAt = at, Version = recorded.Version };
        if (happened is InventoryEvent.ProductUpdated updated)
            return product with { Row = row with { Name = updated.Name, Price = updated.Price.Amount, Currency = updated.Price.Currency } };

        var (available, reserved) = MovementOf(happened);
        return product with { Row = row with { Available = row.Available + available, Reserved = row.Reserved + reserved } };
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
}
