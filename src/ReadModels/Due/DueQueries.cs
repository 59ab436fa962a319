using Crescent.EventStore;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Due;

/// <summary>What is due.</summary>
public sealed class DueQueries(ViewsDatabase views)
{
    private static readonly string s_read = SqlText.Load(typeof(DueQueries), "ReadDue");

    /// <summary>
    /// What of a kind is due by a time, the longest due first. <paramref name="after"/> goes on behind an item, so that
    /// one pass comes to everything, also past what stays due however often it is seen to.
    /// </summary>
    public Task<List<DueItem>> ReadAsync(DueKind kind, DateTimeOffset by, DueItem? after, int limit, CancellationToken ct = default) =>
        views.Sqlite.ReadAsync(session => session.Statement(s_read)
            .Bind(1, JsonNames.Of(kind)).Bind(2, by).Bind(3, after?.DueAt ?? DateTimeOffset.UnixEpoch)
            .Bind(4, after?.Owner ?? "").Bind(5, after?.Item ?? "").Bind(6, limit)
            .ToList(row => new DueItem(kind, row.GetString(0), row.GetString(1), row.GetTime(2))), ct);
}
