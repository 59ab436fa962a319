using System.Text.Json;
using Crescent.EventStore;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Orders;

/// <summary>Questions to the read model of orders.</summary>
public sealed class OrderQueries(ViewsDatabase views, IPersonalKeys keys)
{
    private static readonly string s_find = Load("FindOrder");
    private static readonly string s_list = Load("ListOrders");
    private static readonly string s_listByStatus = Load("ListOrdersByStatus");
    private static readonly string s_listOfUser = Load("ListOrdersOfUser");
    private static readonly string s_listOfUserByStatus = Load("ListOrdersOfUserByStatus");
    private static readonly string s_timeline = Load("ReadTimeline");

    public async Task<OrderRow?> FindAsync(string orderId, CancellationToken ct = default)
    {
        var found = await views.Sqlite.ReadAsync(session => session.Statement(s_find).Bind(1, orderId).FirstOrDefault(Map), ct);
        return found.Row is null ? null : (await DecryptAsync([found], ct))[0].Row;
    }

    /// <summary>Orders, newest first; of one user or of all, with one status or with any.</summary>
    public async Task<Page<OrderRow>> ListAsync(string? userId, string? status, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        var rows = await views.Sqlite.ReadAsync(session =>
        {
            var statement = (userId, status) switch
            {
                (null, null) => session.Statement(s_list),
                (null, { } s) => session.Statement(s_listByStatus).Bind(3, s),
                ({ } u, null) => session.Statement(s_listOfUser).Bind(3, u),
                ({ } u, { } s) => session.Statement(s_listOfUserByStatus).Bind(3, u).Bind(4, s),
            };
            return statement.Bind(1, before).Bind(2, page.RowsToRead).ToList(Map);
        }, ct);
        return Page.Of(await DecryptAsync(rows, ct), page);
    }

    /// <summary>What happened for an order, oldest first; empty for an unknown one.</summary>
    public async Task<Page<TimelineEntry>> TimelineAsync(string orderId, PageRequest page, CancellationToken ct = default)
    {
        var after = page.PositionOr(0);
        var entries = await views.Sqlite.ReadAsync(session =>
            session.Statement(s_timeline).Bind(1, orderId).Bind(2, after).Bind(3, page.RowsToRead).ToList(MapEntry), ct);
        return Page.Of(entries, page);
    }

    private async Task<List<(long Position, OrderRow Row)>> DecryptAsync(List<(long Position, OrderRow Row)> rows, CancellationToken ct)
    {
        var found = await keys.FindAsync([.. rows.Select(static row => row.Row.UserId).Distinct(StringComparer.Ordinal)], ct);
        return rows.ConvertAll(row => (row.Position, row.Row with { UserName = PersonalText.Unprotect(found, row.Row.UserId, row.Row.UserName) }));
    }

    private static (long Position, OrderRow Row) Map(SqliteStatement row) => (row.GetInt64(0), new OrderRow(
        row.GetString(1), row.GetString(2), row.GetStringOrNull(3), row.GetString(4),
        JsonSerializer.Deserialize<List<OrderItemRow>>(row.GetBytes(5), JsonNames.Options)!,
        row.GetDecimal(6), row.GetString(7), row.GetStringOrNull(8), row.GetTime(9), row.GetTime(10), row.GetInt32(11)));

    private static (long Position, TimelineEntry Entry) MapEntry(SqliteStatement row) => (row.GetInt64(0), new TimelineEntry(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetTime(5), row.GetGuid(6), row.GetGuid(7),
        row.GetString(8), row.GetStringOrNull(9), row.GetStringOrNull(10), row.GetString(11)));

    private static string Load(string name) => SqlText.Load(typeof(OrderQueries), name);
}
