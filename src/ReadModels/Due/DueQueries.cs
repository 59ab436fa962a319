using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Due;

/// <summary>What is due.</summary>
public sealed class DueQueries(ViewsDatabase views)
{
    private static readonly ViewSql s_read = ViewSql.Same(typeof(DueQueries), "ReadDue");

    /// <summary>
    /// What of a kind is due by a time, the longest due first. <paramref name="after"/> goes on behind an item, so that
    /// one pass comes to everything, also past what stays due however often it is seen to.
    /// </summary>
    public Task<List<DueItem>> ReadAsync(DueKind kind, DateTimeOffset by, DueItem? after, int limit, CancellationToken ct = default) =>
        views.QueryAsync(
            s_read, row => new DueItem(kind, row.String(0), row.String(1), row.Time(2)), ct,
            JsonNames.Of(kind), by, after?.DueAt ?? DateTimeOffset.UnixEpoch, after?.Owner ?? "", after?.Item ?? "", limit);
}
