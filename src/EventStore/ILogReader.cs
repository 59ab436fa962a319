namespace Crescent.EventStore;

/// <summary>Reads the log of all streams.</summary>
public interface ILogReader
{
    /// <summary>Reads in commit order, the positions above <paramref name="afterPosition"/>.</summary>
    /// <exception cref="EventStoreUnavailableException">The store stays out of reach.</exception>
    Task<IReadOnlyList<RecordedEvent>> ReadLogAsync(long afterPosition, int maxCount, CancellationToken ct = default);
}
