using System.Collections;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>The appender's one statement on its connection, prepared once and bound anew for every commit.</summary>
sealed class AppendCommand : IAsyncDisposable
{
    static readonly string AppendEvents = SqlText.Load(typeof(AppendCommand), "AppendEvents");

    readonly NpgsqlConnection _connection;
    readonly NpgsqlCommand _command;

    readonly List<IList> _lists = [];

    readonly List<string> _categories = [];
    readonly List<string> _streamIds = [];
    readonly List<int> _expectedVersions = [];
    readonly List<int> _eventCounts = [];
    readonly List<Guid> _batchIds = [];

    readonly List<int> _batches = [];
    readonly List<int> _versions = [];
    readonly List<string> _types = [];
    readonly List<int> _schemaVersions = [];
    readonly List<Guid> _eventIds = [];
    readonly List<Guid> _commandIds = [];
    readonly List<int> _commandIndexes = [];
    readonly List<string> _correlationIds = [];
    readonly List<string?> _causationIds = [];
    readonly List<string?> _traceParents = [];
    readonly List<DateTimeOffset> _times = [];
    readonly List<string?> _subjectIds = [];
    readonly List<ReadOnlyMemory<byte>> _datas = [];

    AppendCommand(NpgsqlConnection connection)
    {
        _connection = connection;
        _command = new NpgsqlCommand(AppendEvents, connection);
        Add(_categories, NpgsqlDbType.Text);
        Add(_streamIds, NpgsqlDbType.Text);
        Add(_expectedVersions, NpgsqlDbType.Integer);
        Add(_eventCounts, NpgsqlDbType.Integer);
        Add(_batchIds, NpgsqlDbType.Uuid);
        Add(_batches, NpgsqlDbType.Integer);
        Add(_versions, NpgsqlDbType.Integer);
        Add(_types, NpgsqlDbType.Text);
        Add(_schemaVersions, NpgsqlDbType.Integer);
        Add(_eventIds, NpgsqlDbType.Uuid);
        Add(_commandIds, NpgsqlDbType.Uuid);
        Add(_commandIndexes, NpgsqlDbType.Integer);
        Add(_correlationIds, NpgsqlDbType.Text);
        Add(_causationIds, NpgsqlDbType.Text);
        Add(_traceParents, NpgsqlDbType.Text);
        Add(_times, NpgsqlDbType.TimestampTz);
        Add(_subjectIds, NpgsqlDbType.Text);
        Add(_datas, NpgsqlDbType.Json);
    }

    public static async Task<AppendCommand> PrepareAsync(PostgresDatabase database, CancellationToken ct)
    {
        var command = new AppendCommand(await database.OpenConnectionAsync(ct));
        try
        {
            await command._command.PrepareAsync(ct);
            return command;
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    /// <summary>Commits the appends, each for another stream, in one transaction and one round trip; answers what became of each.</summary>
    public async Task<AppendResult[]> ExecuteAsync(IReadOnlyList<PendingAppend> appends, CancellationToken ct)
    {
        Bind(appends);
        var results = new AppendResult[appends.Count];
        await using var rows = await _command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var batch = rows.GetInt32(0) - 1;
            results[batch] = Result(appends[batch], rows);
        }

        // The transaction ends after its last row: only when the reader has seen its end is it committed.
        await rows.CloseAsync();
        return results;
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    static AppendResult Result(PendingAppend append, NpgsqlDataReader row)
    {
        if (!row.IsDBNull(2)) return new AppendResult.Appended(append.Request.ExpectedVersion + append.Events.Length, row.GetInt64(2));
        return row.IsDBNull(3)
            ? new AppendResult.VersionConflict(row.GetInt32(1))
            : new AppendResult.CommandAlreadyRecorded(row.GetGuid(3));
    }

    void Bind(IReadOnlyList<PendingAppend> appends)
    {
        _lists.ForEach(list => list.Clear());
        for (var i = 0; i < appends.Count; i++)
        {
            var request = appends[i].Request;
            _categories.Add(request.Stream.Category);
            _streamIds.Add(request.Stream.Id);
            _expectedVersions.Add(request.ExpectedVersion);
            _eventCounts.Add(appends[i].Events.Length);
            _batchIds.Add(request.BatchId);
            foreach (var e in appends[i].Events)
            {
                _batches.Add(i + 1);
                _versions.Add(e.Version);
                _types.Add(e.Type);
                _schemaVersions.Add(e.SchemaVersion);
                _eventIds.Add(e.EventId);
                _commandIds.Add(e.Metadata.CommandId);
                _commandIndexes.Add(e.CommandIndex);
                _correlationIds.Add(e.Metadata.CorrelationId);
                _causationIds.Add(e.Metadata.CausationId);
                _traceParents.Add(e.Metadata.TraceParent);
                _times.Add(e.Metadata.Time);
                _subjectIds.Add(e.SubjectId);
                _datas.Add(e.Data);
            }
        }
    }

    void Add<T>(List<T> values, NpgsqlDbType type)
    {
        _lists.Add(values);
        _command.Parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
    }
}
