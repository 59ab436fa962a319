namespace Orleans.Core;

/// <summary>A stored state.</summary>
public interface IStorage
{
    string? Etag { get; }

    bool RecordExists { get; }

    /// <summary>Deletes the stored state and begins with a new one.</summary>
    Task ClearStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <exception cref="Storage.InconsistentStateException">Another activation has written since this one read; it ends this activation unless it is caught.</exception>
    Task WriteStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads the stored state; what was not written is lost.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <inheritdoc cref="IStorage"/>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
