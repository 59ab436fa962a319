using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// The file with the read models and the checkpoints of those who read the log. Everything in it follows from the log;
/// it is a file of its own so that projections never keep the event store's writer waiting.
/// </summary>
public sealed class ViewsDatabase : IDisposable
{
    private ViewsDatabase(SqliteDatabase sqlite) => Sqlite = sqlite;

    internal SqliteDatabase Sqlite { get; }

    public static ViewsDatabase Open(SqliteDatabaseOptions options)
    {
        var sqlite = SqliteDatabase.Open(options);
        try
        {
            sqlite.Migrate("read-models", typeof(ViewsDatabase));
        }
        catch
        {
            sqlite.Dispose();
            throw;
        }
        return new ViewsDatabase(sqlite);
    }

    /// <summary>Empties the write-ahead log, so that what was erased is in no file any more.</summary>
    public Task<bool> CheckpointAsync(CancellationToken ct = default) => Sqlite.CheckpointAsync(ct);

    public void Dispose() => Sqlite.Dispose();
}
