using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored state is not the one the grain had read. Escaping from a grain, it deactivates that activation.</summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException() : base("The stored state is not the expected one.")
    {
    }

    public InconsistentStateException(string message) : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException) : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>It was thrown by the activation that answers with it, not passed on from another.</summary>
    [field: NonSerialized]
    internal bool IsSourceActivation { get; set; } = true;

    [Id(0)]
    public string? StoredEtag { get; private set; }

    [Id(1)]
    public string? CurrentEtag { get; private set; }

    public override string ToString() => $"{base.ToString()} (stored etag: {StoredEtag}, current etag: {CurrentEtag})";
}
