using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Products;

/// <summary>Questions to the read model of products.</summary>
public sealed class ProductQueries(ViewsDatabase views)
{
    private static readonly string s_find = Load("FindProduct");
    private static readonly string s_list = Load("ListProducts");
    private static readonly string s_search = Load("SearchProducts");

    public Task<ProductRow?> FindAsync(string productId, CancellationToken ct = default) =>
        views.Sqlite.ReadAsync(session => session.Statement(s_find).Bind(1, productId).FirstOrDefault(static row => (ProductRow?)Map(row).Row), ct);

    /// <summary>
    /// Products, oldest first. With a search, those that have for each of its words a word in their name that begins with it.
    /// </summary>
    public async Task<Page<ProductRow>> ListAsync(string? search, PageRequest page, CancellationToken ct = default)
    {
        var after = page.PositionOr(0);
        var rows = await views.Sqlite.ReadAsync(session => string.IsNullOrWhiteSpace(search)
            ? session.Statement(s_list).Bind(1, after).Bind(2, page.RowsToRead).ToList(Map)
            : FullText.Query(search) is { } query
                ? session.Statement(s_search).Bind(1, query).Bind(2, after).Bind(3, page.RowsToRead).ToList(Map)
                : [], ct);
        return Page.Of(rows, page);
    }

    private static (long Position, ProductRow Row) Map(SqliteStatement row) => (row.GetInt64(0), new ProductRow(
        row.GetString(1), row.GetString(2), row.GetDecimal(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6),
        row.GetTime(7), row.GetTime(8), row.GetInt32(9)));

    private static string Load(string name) => SqlText.Load(typeof(ProductQueries), name);
}
