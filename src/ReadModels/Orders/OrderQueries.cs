using System.Text.Json;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.ReadModels.Projections;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Orders;

/// <summary>Questions to the read model of orders; timelines come from the events themselves.</summary>
public sealed class OrderQueries(ViewsDatabase views, IPersonalKeys keys, IEventReader events)
{
    private static readonly ViewSql s_find = Load("FindOrder");
    private static readonly ViewSql s_list = Load("ListOrders");
    private static readonly ViewSql s_listByStatus = Load("ListOrdersByStatus");
    private static readonly ViewSql s_listOfUser = Load("ListOrdersOfUser");
    private static readonly ViewSql s_listOfUserByStatus = Load("ListOrdersOfUserByStatus");

    private readonly OrderTimeline _timeline = new(views, events);

    public async Task<OrderRow?> FindAsync(string orderId, CancellationToken ct = default) =>
        await DecryptAsync(await views.QueryAsync(s_find, Map, ct, orderId), ct) is [var order] ? order.Row : null;

    /// <summary>Orders, newest first; of one user or of all, with one status or with any.</summary>
    public async Task<Page<OrderRow>> ListAsync(string? userId, string? status, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        var rows = await ((userId, status) switch
        {
            (null, null) => views.QueryAsync(s_list, Map, ct, before, page.RowsToRead),
            (null, { } s) => views.QueryAsync(s_listByStatus, Map, ct, before, page.RowsToRead, s),
            ({ } u, null) => views.QueryAsync(s_listOfUser, Map, ct, before, page.RowsToRead, u),
            ({ } u, { } s) => views.QueryAsync(s_listOfUserByStatus, Map, ct, before, page.RowsToRead, u, s),
        });
        return Page.Of(await DecryptAsync(rows, ct), page);
    }

    /// <summary>What happened for an order, oldest first; empty for an unknown one.</summary>
    public async Task<Page<TimelineEntry>> TimelineAsync(string orderId, PageRequest page, CancellationToken ct = default) =>
        Page.Of(await _timeline.ReadAsync(orderId, page.PositionOr(0), page.RowsToRead, ct), page);

    internal static Listed<OrderRow> Map(IRow row) => new(row.Int64(0), new OrderRow(
        row.String(1), row.String(2), row.StringOrNull(3), row.String(4), JsonSerializer.Deserialize<List<OrderItemRow>>(row.String(5), JsonNames.Options)!,
        row.Decimal(6), row.String(7), row.StringOrNull(8), row.Time(9), row.Time(10), row.Int32(11)));

    private static ViewSql Load(string name) => ViewSql.Same(typeof(OrderQueries), name);

    private async Task<List<Listed<OrderRow>>> DecryptAsync(List<Listed<OrderRow>> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return rows;
        var found = await keys.FindAsync([.. rows.Select(static row => row.Row.UserId).Distinct(StringComparer.Ordinal)], ct);
        return rows.ConvertAll(row => row with
        {
            Row = row.Row with { UserName = PersonalText.Unprotect(found, row.Row.UserId, row.Row.UserName) },
        });
    }
}
