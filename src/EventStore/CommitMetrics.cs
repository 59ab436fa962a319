using System.Diagnostics.Metrics;

namespace Crescent.EventStore;

/// <summary>What the writer of a database does, by the file's or database's name.</summary>
sealed class CommitMetrics(string database, TimeProvider time)
{
    static readonly Meter Meter = new(EventStoreActivity.SourceName);

    static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "crescent.event_store.commit.duration", "s", "Time of one transaction, its flush included.");

    static readonly Histogram<int> CommitSize = Meter.CreateHistogram<int>(
        "crescent.event_store.commit.size", "{work}", "Pieces of work that shared one transaction.");

    readonly KeyValuePair<string, object?> _database = new("database", database);

    public long Start() => CommitDuration.Enabled ? time.GetTimestamp() : 0;

    public void Committed(long started, int work)
    {
        if (started == 0) return;
        CommitDuration.Record(time.GetElapsedTime(started).TotalSeconds, _database);
        CommitSize.Record(work, _database);
    }
}
