using Crescent.EventStore.Leases;

namespace Crescent.ReadModels.Storage;

/// <summary>
/// Where the read models are, with the checkpoints of those who read the log. Everything in it follows from the log.
/// Projections and queries are written once, against this; what differs between databases is below it.
/// </summary>
public abstract class ViewsDatabase : IDisposable
{
    private static readonly ViewSql s_readCheckpoint = ViewSql.Same(typeof(ViewsDatabase), "ReadCheckpoint");

    public abstract void Dispose();

    /// <summary>Runs a query on one consistent state; each row is mapped.</summary>
    /// <param name="parameters">Text, numbers, times, or an array of texts.</param>
    internal abstract Task<List<T>> QueryAsync<T>(ViewSql sql, Func<IRow, T> map, CancellationToken ct, params object[] parameters);

    /// <summary>Reads the rows that a projection is about to change; what it takes is an array of their keys.</summary>
    internal abstract Task<List<T>> ReadRowsAsync<T>(ViewSql sql, Func<IRow, T> map, string[] keys, CancellationToken ct);

    /// <summary>
    /// Writes all rows and moves the checkpoint in one transaction, one set of rows after the other. False, and nothing is
    /// changed, if the checkpoint stands elsewhere or the lease is somebody else's by now.
    /// </summary>
    internal abstract Task<bool> CommitAsync(CheckpointMove move, Lease? lease, IReadOnlyList<IRowWrite> writes, CancellationToken ct);

    /// <summary>Texts that have a word beginning with each of these, in the language of the database's full-text search.</summary>
    internal abstract string SearchOf(IEnumerable<string> words);

    /// <summary>Null if the consumer has never written one.</summary>
    internal async Task<Checkpoint?> ReadCheckpointAsync(string consumer, CancellationToken ct)
    {
        var found = await QueryAsync(s_readCheckpoint, static row => new Checkpoint(row.Int32(0), row.Int64(1)), ct, consumer);
        return found is [var checkpoint] ? checkpoint : null;
    }
}
