using Crescent.EventStore.Serialization;

namespace Crescent.EventStore.Sqlite;

/// <summary>
/// One append inside the writer's transaction. It looks before it writes: a stream that is not as expected, or a
/// command that is already in, writes nothing and leaves the others of the transaction alone.
/// </summary>
sealed class AppendWork(AppendRequest request, StoredEvent[] events, LogSignal signal) : SqliteWork
{
    static readonly string FindStream = SqlText.Load(typeof(AppendWork), "FindStream");
    static readonly string AddStream = SqlText.Load(typeof(AppendWork), "AddStream");
    static readonly string FindBatch = SqlText.Load(typeof(AppendWork), "FindBatch");
    static readonly string FindCommand = SqlText.Load(typeof(AppendWork), "FindCommand");
    static readonly string ReadHead = SqlText.Load(typeof(AppendWork), "ReadHead");
    static readonly string InsertEvent = SqlText.Load(typeof(AppendWork), "InsertEvent");

    readonly TaskCompletionSource<AppendResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    AppendResult? _result;

    public Task<AppendResult> Task => _completion.Task;

    public override bool NeedsSavepoint => false;

    public override void Run(SqliteSession session) => _result = Append(session);

    public override void Complete()
    {
        if (_result is AppendResult.Appended appended) signal.Publish(appended.LastPosition);
        _completion.TrySetResult(_result!);
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);

    AppendResult Append(SqliteSession session)
    {
        var (key, version) = session.Statement(FindStream)
            .Bind(1, request.Stream.Category).Bind(2, request.Stream.Id)
            .FirstOrDefault(row => (row.GetInt64(0), row.GetInt32(1)));
        if (version != request.ExpectedVersion) return (AppendResult?)FromEarlierAttempt(session, key) ?? new AppendResult.VersionConflict(version);
        if (version == 0) key = NewStream(session);
        else if (RecordedCommand(session, key) is { } command) return new AppendResult.CommandAlreadyRecorded(command);
        return new AppendResult.Appended(version + events.Length, Insert(session, key));
    }

    /// <summary>The batch itself, when an earlier attempt was committed and its answer lost.</summary>
    AppendResult.Appended? FromEarlierAttempt(SqliteSession session, long key)
    {
        var last = request.ExpectedVersion + events.Length;
        var position = session.Statement(FindBatch).Bind(1, key).Bind(2, last).Bind(3, request.BatchId).FirstOrDefault(row => row.GetInt64(0));
        return position > 0 ? new AppendResult.Appended(last, position) : null;
    }

    long NewStream(SqliteSession session) => session.Statement(AddStream)
        .Bind(1, request.Stream.Category).Bind(2, request.Stream.Id)
        .FirstOrDefault(row => row.GetInt64(0));

    Guid? RecordedCommand(SqliteSession session, long key)
    {
        var find = session.Statement(FindCommand).Bind(1, key);
        foreach (var e in events)
        {
            if (e.CommandIndex == 0 && find.Bind(2, e.Metadata.CommandId).FirstOrDefault(_ => true)) return e.Metadata.CommandId;
        }

        return null;
    }

    long Insert(SqliteSession session, long key)
    {
        var position = session.Statement(ReadHead).FirstOrDefault(row => row.GetInt64(0));
        var insert = session.Statement(InsertEvent)
            .Bind(2, key).Bind(4, request.Stream.Category).Bind(5, request.Stream.Id).Bind(9, request.BatchId);
        foreach (var e in events)
        {
            insert.Bind(1, ++position)
                .Bind(3, e.Version)
                .Bind(6, e.Type)
                .Bind(7, e.SchemaVersion)
                .Bind(8, e.EventId)
                .Bind(10, e.Metadata.CommandId)
                .Bind(11, e.CommandIndex)
                .Bind(12, e.Metadata.CorrelationId)
                .Bind(13, e.Metadata.CausationId)
                .Bind(14, e.Metadata.TraceParent)
                .Bind(15, e.Metadata.Time)
                .Bind(16, e.SubjectId)
                .BindUtf8(17, e.Data.Span)
                .Execute();
        }

        return position;
    }
}
