using System.Collections;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>Appends batches of events to many streams, prepared once and bound anew for every commit.</summary>
sealed class AppendEventsCommand : IAsyncDisposable
{
    static readonly string AppendEvents = SqlText.Load(typeof(AppendEventsCommand), "AppendEvents");

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

    public AppendEventsCommand(NpgsqlConnection connection)
    {
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

    public Task PrepareAsync(CancellationToken ct) => _command.PrepareAsync(ct);

    /// <summary>Commits the appends, each for another stream, in one transaction and one round trip; answers what became of each.</summary>
    public async Task<AppendResult[]> ExecuteAsync(List<PendingAppend> appends, CancellationToken ct)
    {
        Bind(appends);
        await using var row = await _command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        var results = Results(appends, row);
        // The transaction ends after its row: only when the end has come is it committed.
        await row.CloseAsync().ConfigureAwait(false);
        return results;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    static AppendResult[] Results(List<PendingAppend> appends, NpgsqlDataReader row)
    {
        var standing = row.GetFieldValue<int[]>(0);
        var positions = row.GetFieldValue<long?[]>(1);
        var recorded = row.IsDBNull(2) ? [] : row.GetFieldValue<Guid?[]>(2);
        var results = new AppendResult[appends.Count];
        for (var i = 0; i < results.Length; i++)
        {
            if (positions[i] is { } position) results[i] = new AppendResult.Appended(appends[i].Request.ExpectedVersion + appends[i].Events.Length, position);
            else if (i < recorded.Length && recorded[i] is { } command) results[i] = new AppendResult.CommandAlreadyRecorded(command);
            else results[i] = new AppendResult.VersionConflict(standing[i]);
        }

        return results;
    }

    void Bind(List<PendingAppend> appends)
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
