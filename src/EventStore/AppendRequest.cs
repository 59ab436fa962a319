namespace Crescent.EventStore;

/// <summary>Events to append to one stream, all or none.</summary>
/// <param name="ExpectedVersion">The version the stream must have; 0 for a stream that does not exist.</param>
/// <param name="BatchId">Names this attempt for ever: the same batch submitted twice stands once, and both attempts succeed.</param>
/// <param name="Events">At least one. Several commands may share a batch, and a command may leave several events.</param>
public sealed record AppendRequest(
    StreamName Stream,
    int ExpectedVersion,
    Guid BatchId,
    IReadOnlyList<NewEvent> Events);

/// <summary>How an append ended. Infrastructure trouble is an <see cref="EventStoreUnavailableException"/> instead.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>The batch stands at <c>ExpectedVersion + 1</c> to <paramref name="Version"/>, now or since an earlier attempt.</summary>
    public sealed record Appended(int Version, long LastPosition) : AppendResult;

    /// <summary>The stream is at <paramref name="ActualVersion"/>; nothing was written.</summary>
    public sealed record VersionConflict(int ActualVersion) : AppendResult;

    /// <summary>An earlier batch of this stream already carries this command; nothing was written.</summary>
    public sealed record CommandAlreadyRecorded(Guid CommandId) : AppendResult;
}
