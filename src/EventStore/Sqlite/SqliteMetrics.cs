using System.Diagnostics.Metrics;

namespace Crescent.EventStore.Sqlite;

/// <summary>What a database file's writer does, by file name.</summary>
sealed class SqliteMetrics(string file, TimeProvider time)
{
    static readonly Meter Meter = new(EventStoreActivity.SourceName);

    static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "crescent.sqlite.commit.duration", "s", "Time of one transaction, its flush included.");

    static readonly Histogram<int> CommitSize = Meter.CreateHistogram<int>(
        "crescent.sqlite.commit.size", "{work}", "Pieces of work that shared one transaction.");

    readonly KeyValuePair<string, object?> _file = new("file", file);

    public long Start() => CommitDuration.Enabled ? time.GetTimestamp() : 0;

    public void Committed(long started, int work)
    {
        if (started == 0) return;
        CommitDuration.Record(time.GetElapsedTime(started).TotalSeconds, _file);
        CommitSize.Record(work, _file);
    }
}
