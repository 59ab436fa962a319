using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>Appends batches of events to many streams, prepared once and bound anew for every commit.</summary>
sealed class AppendEventsCommand : IAsyncDisposable
{
    static readonly string AppendEvents = SqlText.Load(typeof(AppendEventsCommand), "AppendEvents");

    readonly NpgsqlCommand _command;
    readonly ArrayParameters _arrays;

    readonly List<string> _categories;
    readonly List<string> _streamIds;
    readonly List<int> _expectedVersions;
    readonly List<int> _eventCounts;
    readonly List<Guid> _batchIds;

    readonly List<int> _batches;
    readonly EventArrays _events;

    public AppendEventsCommand(NpgsqlConnection connection)
    {
        _command = new NpgsqlCommand(AppendEvents, connection);
        _arrays = new ArrayParameters(_command);
        _categories = _arrays.Add<string>(NpgsqlDbType.Text);
        _streamIds = _arrays.Add<string>(NpgsqlDbType.Text);
        _expectedVersions = _arrays.Add<int>(NpgsqlDbType.Integer);
        _eventCounts = _arrays.Add<int>(NpgsqlDbType.Integer);
        _batchIds = _arrays.Add<Guid>(NpgsqlDbType.Uuid);
        _batches = _arrays.Add<int>(NpgsqlDbType.Integer);
        _events = new EventArrays(_arrays);
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
            if (positions[i] is { } position) results[i] = new AppendResult.Appended(appends[i].LastVersion, position);
            else if (i < recorded.Length && recorded[i] is { } command) results[i] = new AppendResult.CommandAlreadyRecorded(command);
            else results[i] = new AppendResult.VersionConflict(standing[i]);
        }

        return results;
    }

    void Bind(List<PendingAppend> appends)
    {
        _arrays.Clear();
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
                _events.Add(e);
            }
        }
    }
}
