using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Sagas;

/// <summary>Questions to the read model of sagas.</summary>
public sealed class SagaQueries(ViewsDatabase views)
{
    private static readonly ViewSql s_find = Load("FindSaga");
    private static readonly ViewSql s_list = Load("ListSagas");
    private static readonly ViewSql s_listByStatus = Load("ListSagasByStatus");
    private static readonly ViewSql s_count = Load("CountSagas");

    public async Task<SagaRow?> FindAsync(string orderId, CancellationToken ct = default) =>
        await views.QueryAsync(s_find, Map, ct, orderId) is [var found] ? found.Row : null;

    /// <summary>Sagas, newest first; with one status or with any.</summary>
    public async Task<Page<SagaRow>> ListAsync(string? status, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        var rows = status is null
            ? await views.QueryAsync(s_list, Map, ct, before, page.RowsToRead)
            : await views.QueryAsync(s_listByStatus, Map, ct, before, page.RowsToRead, status);
        return Page.Of(rows, page);
    }

    /// <summary>How many sagas there are of each status.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken ct = default)
    {
        var counts = await views.QueryAsync(s_count, static row => (Status: row.String(0), Count: row.Int64(1)), ct);
        return counts.ToDictionary(static row => row.Status, static row => row.Count);
    }

    internal static Listed<SagaRow> Map(IRow row) => new(row.Int64(0), new SagaRow(
        row.String(1), row.String(2), row.String(3), row.StringOrNull(4), row.Int32(5), row.StringOrNull(6), row.StringOrNull(7),
        row.TimeOrNull(8), row.Time(9), row.Time(10), row.Int32(11)));

    private static ViewSql Load(string name) => ViewSql.Same(typeof(SagaQueries), name);
}
