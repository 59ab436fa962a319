using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Projections;

namespace Crescent.ReadModels.Analytics;

/// <summary>The buckets, counted by whoever reads the integration events; each batch counts once.</summary>
public sealed class AnalyticsStore(ViewsDatabase views) : IAnalyticsStore
{
    private const int CheckpointVersion = 1;

    private static readonly string s_read = Load("ReadBucket");
    private static readonly string s_write = Load("WriteBucket");
    private static readonly string s_query = Load("QueryBuckets");

    public Task<long> ReadCheckpointAsync(string consumer, CancellationToken ct = default) =>
        views.Sqlite.ReadAsync(session => PositionOf(session, consumer), ct);

    public Task<bool> ApplyAsync(
        string consumer, long from, long to, IReadOnlyList<BucketIncrement> increments, CancellationToken ct = default) =>
        views.Sqlite.WriteAsync(session =>
        {
            if (PositionOf(session, consumer) != from) return false;
            foreach (var increment in increments)
                Add(session, increment);
            Checkpoints.Write(session, NameOf(consumer), CheckpointVersion, to);
            return true;
        }, ct);

    public async Task<IReadOnlyList<Bucket>> QueryAsync(
        Metric metric, BucketSize size, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default) =>
        await views.Sqlite.ReadAsync(session => session.Statement(s_query)
            .Bind(1, JsonNames.Of(metric)).Bind(2, JsonNames.Of(size)).Bind(3, since).Bind(4, before)
            .ToList(row => new Bucket(new BucketKey(metric, row.GetString(1), size, row.GetTime(0)), row.GetDecimal(2))), ct);

    /// <summary>Read and written back, because SQLite does not add decimals.</summary>
    private static void Add(SqliteSession session, BucketIncrement increment)
    {
        var value = BindKey(session.Statement(s_read), increment.Key).FirstOrDefault(static row => row.GetDecimal(0));
        BindKey(session.Statement(s_write), increment.Key).Bind(5, value + increment.Amount).Execute();
    }

    private static SqliteStatement BindKey(SqliteStatement statement, BucketKey key) => statement
        .Bind(1, JsonNames.Of(key.Metric)).Bind(2, JsonNames.Of(key.Size)).Bind(3, key.Start).Bind(4, key.Dimension);

    private static long PositionOf(SqliteSession session, string consumer) => Checkpoints.Read(session, NameOf(consumer))?.Position ?? 0;

    private static string NameOf(string consumer) => $"analytics/{consumer}";

    private static string Load(string name) => SqlText.Load(typeof(AnalyticsStore), name);
}
