using Crescent.EventStore.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>Appends one event to one stream: the short form of <see cref="AppendEventsCommand"/> for the common case.</summary>
sealed class AppendEventCommand : IAsyncDisposable
{
    static readonly string AppendEvent = SqlText.Load(typeof(AppendEventCommand), "AppendEvent");

    readonly NpgsqlCommand _command;

    readonly NpgsqlParameter<string> _category;
    readonly NpgsqlParameter<string> _streamId;
    readonly NpgsqlParameter<int> _expectedVersion;
    readonly NpgsqlParameter<Guid> _batchId;
    readonly NpgsqlParameter<string> _type;
    readonly NpgsqlParameter<int> _schemaVersion;
    readonly NpgsqlParameter<Guid> _eventId;
    readonly NpgsqlParameter<Guid> _commandId;
    readonly NpgsqlParameter<string> _correlationId;
    readonly NpgsqlParameter<string?> _causationId;
    readonly NpgsqlParameter<string?> _traceParent;
    readonly NpgsqlParameter<DateTimeOffset> _time;
    readonly NpgsqlParameter<string?> _subjectId;
    readonly NpgsqlParameter<ReadOnlyMemory<byte>> _data;

    public AppendEventCommand(NpgsqlConnection connection)
    {
        _command = new NpgsqlCommand(AppendEvent, connection);
        _category = Add<string>(NpgsqlDbType.Text);
        _streamId = Add<string>(NpgsqlDbType.Text);
        _expectedVersion = Add<int>(NpgsqlDbType.Integer);
        _batchId = Add<Guid>(NpgsqlDbType.Uuid);
        _type = Add<string>(NpgsqlDbType.Text);
        _schemaVersion = Add<int>(NpgsqlDbType.Integer);
        _eventId = Add<Guid>(NpgsqlDbType.Uuid);
        _commandId = Add<Guid>(NpgsqlDbType.Uuid);
        _correlationId = Add<string>(NpgsqlDbType.Text);
        _causationId = Add<string?>(NpgsqlDbType.Text);
        _traceParent = Add<string?>(NpgsqlDbType.Text);
        _time = Add<DateTimeOffset>(NpgsqlDbType.TimestampTz);
        _subjectId = Add<string?>(NpgsqlDbType.Text);
        _data = Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);
    }

    public Task PrepareAsync(CancellationToken ct) => _command.PrepareAsync(ct);

    /// <summary>Commits the append of one event. Null if something stands against it: then nothing was written.</summary>
    public async Task<AppendResult?> ExecuteAsync(PendingAppend append, CancellationToken ct)
    {
        Bind(append.Request, append.Events[0]);
        await using var row = await _command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        var result = row.IsDBNull(0) ? null : new AppendResult.Appended(append.Request.ExpectedVersion + 1, row.GetInt64(0));
        // As with any group: only when the end has come is it committed.
        await row.CloseAsync().ConfigureAwait(false);
        return result;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    void Bind(AppendRequest request, StoredEvent e)
    {
        _category.TypedValue = request.Stream.Category;
        _streamId.TypedValue = request.Stream.Id;
        _expectedVersion.TypedValue = request.ExpectedVersion;
        _batchId.TypedValue = request.BatchId;
        _type.TypedValue = e.Type;
        _schemaVersion.TypedValue = e.SchemaVersion;
        _eventId.TypedValue = e.EventId;
        _commandId.TypedValue = e.Metadata.CommandId;
        _correlationId.TypedValue = e.Metadata.CorrelationId;
        _causationId.TypedValue = e.Metadata.CausationId;
        _traceParent.TypedValue = e.Metadata.TraceParent;
        _time.TypedValue = e.Metadata.Time;
        _subjectId.TypedValue = e.SubjectId;
        _data.TypedValue = e.Data;
    }

    NpgsqlParameter<T> Add<T>(NpgsqlDbType type)
    {
        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        _command.Parameters.Add(parameter);
        return parameter;
    }
}
