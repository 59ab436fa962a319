namespace Crescent.EventStore;

/// <summary>What a process asks that reads events of others and appends none.</summary>
public interface IEventReader : ILogReader
{
    /// <summary>Reads a stream in version order, the versions above <paramref name="afterVersion"/>.</summary>
    /// <exception cref="EventStoreUnavailableException">The store stays out of reach.</exception>
    Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, int afterVersion, int maxCount, CancellationToken ct = default);
}
