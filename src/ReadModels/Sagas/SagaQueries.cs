using Crescent.EventStore;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Sagas;

/// <summary>Questions to the read model of sagas.</summary>
public sealed class SagaQueries(ViewsDatabase views)
{
    private static readonly string s_find = Load("ReadSaga");
    private static readonly string s_list = Load("ListSagas");
    private static readonly string s_listByStatus = Load("ListSagasByStatus");
    private static readonly string s_count = Load("CountSagas");

    public Task<SagaRow?> FindAsync(string orderId, CancellationToken ct = default) =>
        views.Sqlite.ReadAsync(session => session.Statement(s_find).Bind(1, orderId).FirstOrDefault(SagaProjection.Map), ct);

    /// <summary>Sagas, newest first; with one status or with any.</summary>
    public async Task<Page<SagaRow>> ListAsync(string? status, PageRequest page, CancellationToken ct = default)
    {
        var before = page.PositionOr(long.MaxValue);
        var rows = await views.Sqlite.ReadAsync(session =>
            (status is null ? session.Statement(s_list) : session.Statement(s_listByStatus).Bind(3, status))
                .Bind(1, before).Bind(2, page.RowsToRead).ToList(static row => (row.GetInt64(0), SagaProjection.Map(row))), ct);
        return Page.Of(rows, page);
    }

    /// <summary>How many sagas there are of each status.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken ct = default)
    {
        var counts = await views.Sqlite.ReadAsync(session =>
            session.Statement(s_count).ToList(static row => (Status: row.GetString(0), Count: row.GetInt64(1))), ct);
        return counts.ToDictionary(static row => row.Status, static row => row.Count);
    }

    private static string Load(string name) => SqlText.Load(typeof(SagaQueries), name);
}
