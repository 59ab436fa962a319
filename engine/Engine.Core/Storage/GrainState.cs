namespace Orleans;

/// <summary>A state with what its storage knows of it.</summary>
public interface IGrainState<T>
{
    T State { get; set; }

    /// <summary>The version of the stored state that this one was read from; null for none.</summary>
    string? ETag { get; set; }

    /// <summary>Whether there is a stored state.</summary>
    bool RecordExists { get; set; }
}

/// <inheritdoc cref="IGrainState{T}"/>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    public GrainState()
    {
    }

    public GrainState(T state) : this(state, null)
    {
    }

    public GrainState(T state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    [Id(0)]
    public T State { get; set; } = default!;

    [Id(1)]
    public string? ETag { get; set; }

    [Id(2)]
    public bool RecordExists { get; set; }
}
