namespace Orleans.EventSourcing.CustomStorage;

/// <summary>A journaled grain implements it to load its state and store its events by itself.</summary>
/// <typeparam name="TState">The grain's state.</typeparam>
/// <typeparam name="TDelta">The base of its events.</typeparam>
public interface ICustomStorageInterface<TState, TDelta>
{
    /// <summary>Reads the latest version and state. The state is handed over: it must not be null, and from now on only the grain changes it.</summary>
    Task<KeyValuePair<int, TState>> ReadStateFromStorage();

    /// <summary>Appends events if the stored version is the expected one.</summary>
    /// <returns>False if the version differs: the state is read again and the events that were not conditional are submitted anew.</returns>
    Task<bool> ApplyUpdatesToStorage(IReadOnlyList<TDelta> updates, int expectedVersion);
}
