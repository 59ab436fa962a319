using Crescent.Domain.Analytics;
using Crescent.EventStore;
using Crescent.EventStore.Sqlite;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Analytics;

/// <summary>The buckets, counted by whoever reads the integration events; each batch counts once.</summary>
internal sealed class AnalyticsStore(ViewsDatabase views) : IAnalyticsStore
{
    private const int CheckpointVersion = 1;

    private static readonly ViewSql s_query = ViewSql.Same(typeof(AnalyticsStore), "QueryBuckets");
    private static readonly string s_readBucket = SqlText.Load(typeof(AnalyticsStore), "Sqlite.ReadBucket");
    private static readonly string s_writeBucket = SqlText.Load(typeof(AnalyticsStore), "Sqlite.WriteBucket");

    private static readonly RowWriter<BucketIncrement> s_add = RowWriter<BucketIncrement>.Create("AddToBuckets", Add)
        .Text(static it => JsonNames.Of(it.Key.Metric)).Text(static it => JsonNames.Of(it.Key.Size)).Time(static it => it.Key.Start)
        .Text(static it => it.Key.Dimension).Decimal(static it => it.Amount);

    public async Task<long> ReadCheckpointAsync(string consumer, CancellationToken ct = default) =>
        (await views.ReadCheckpointAsync(NameOf(consumer), ct))?.Position ?? 0;

    /// <summary>No lease: of two that count the same partition for a moment, the checkpoint lets one through.</summary>
    public Task<bool> ApplyAsync(
        string consumer, long from, long to, IReadOnlyList<BucketIncrement> increments, CancellationToken ct = default)
    {
        var move = new CheckpointMove(NameOf(consumer), new Checkpoint(CheckpointVersion, from), new Checkpoint(CheckpointVersion, to));
        return views.CommitAsync(move, lease: null, [s_add.Of(Merge(increments))], ct);
    }

    public async Task<IReadOnlyList<Bucket>> QueryAsync(
        Metric metric, BucketSize size, DateTimeOffset since, DateTimeOffset before, CancellationToken ct = default) =>
        await views.QueryAsync(
            s_query, row => new Bucket(new BucketKey(metric, row.String(1), size, row.Time(0)), row.Decimal(2)), ct,
            JsonNames.Of(metric), JsonNames.Of(size), since, before);

    /// <summary>One increment per bucket, which is written once.</summary>
    private static BucketIncrement[] Merge(IReadOnlyList<BucketIncrement> increments) =>
        [.. increments.GroupBy(static it => it.Key, static (key, all) => new BucketIncrement(key, all.Sum(static it => it.Amount)))];

    /// <summary>Read and written back, because SQLite does not add decimals.</summary>
    private static void Add(SqliteSession session, BucketIncrement increment)
    {
        var value = BindKey(session.Statement(s_readBucket), increment.Key).FirstOrDefault(static row => row.GetDecimal(0));
        BindKey(session.Statement(s_writeBucket), increment.Key).Bind(5, value + increment.Amount).Execute();
    }

    private static SqliteStatement BindKey(SqliteStatement statement, BucketKey key) => statement
        .Bind(1, JsonNames.Of(key.Metric)).Bind(2, JsonNames.Of(key.Size)).Bind(3, key.Start).Bind(4, key.Dimension);

    private static string NameOf(string consumer) => $"analytics/{consumer}";
}
