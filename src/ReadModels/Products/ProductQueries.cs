using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Products;

/// <summary>Questions to the read model of products.</summary>
public sealed class ProductQueries(ViewsDatabase views)
{
    private static readonly ViewSql s_find = ViewSql.Same(typeof(ProductQueries), "FindProduct");
    private static readonly ViewSql s_list = ViewSql.Same(typeof(ProductQueries), "ListProducts");
    private static readonly ViewSql s_search = ViewSql.Each(typeof(ProductQueries), "SearchProducts");

    public async Task<ProductRow?> FindAsync(string productId, CancellationToken ct = default) =>
        await views.QueryAsync(s_find, Map, ct, productId) is [var found] ? found.Row : null;

    /// <summary>
    /// Products, oldest first. With a search, those that have for each of its words a word in their name that begins with it.
    /// </summary>
    public async Task<Page<ProductRow>> ListAsync(string? search, PageRequest page, CancellationToken ct = default)
    {
        var after = page.PositionOr(0);
        if (string.IsNullOrWhiteSpace(search))
            return Page.Of(await views.QueryAsync(s_list, Map, ct, after, page.RowsToRead), page);
        if (FullText.QueryOf(search) is not { Count: > 0 } words)
            return Page.Of<ProductRow>([], page);
        return Page.Of(await views.QueryAsync(s_search, Map, ct, views.SearchOf(words), after, page.RowsToRead), page);
    }

    internal static Listed<ProductRow> Map(IRow row) => new(row.Int64(0), new ProductRow(
        row.String(1), row.String(2), row.Decimal(3), row.String(4), row.Int64(5), row.Int64(6), row.Time(7), row.Time(8), row.Int32(9)));
}
