using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>Appends to streams that are known to stand where they are expected: the quick form of <see cref="AppendEventsCommand"/>.</summary>
sealed class AppendUncheckedCommand : IAsyncDisposable
{
    static readonly string AppendUnchecked = SqlText.Load(typeof(AppendUncheckedCommand), "AppendUnchecked");

    readonly NpgsqlCommand _command;
    readonly ArrayParameters _arrays;

    readonly List<long?> _streams;
    readonly List<string> _categories;
    readonly List<string> _streamIds;
    readonly List<Guid> _batchIds;
    readonly EventArrays _events;

    public AppendUncheckedCommand(NpgsqlConnection connection)
    {
        _command = new NpgsqlCommand(AppendUnchecked, connection);
        _arrays = new ArrayParameters(_command);
        _streams = _arrays.Add<long?>(NpgsqlDbType.Bigint);
        _categories = _arrays.Add<string>(NpgsqlDbType.Text);
        _streamIds = _arrays.Add<string>(NpgsqlDbType.Text);
        _batchIds = _arrays.Add<Guid>(NpgsqlDbType.Uuid);
        _events = new EventArrays(_arrays);
    }

    public Task PrepareAsync(CancellationToken ct) => _command.PrepareAsync(ct);

    /// <summary>Commits the appends, each for another stream, in one round trip. Null if something stands against one: then nothing was written.</summary>
    public async Task<AppendResult[]?> ExecuteAsync(List<PendingAppend> appends, StreamTails tails, CancellationToken ct)
    {
        Bind(appends, tails);
        await using var row = await _command.ExecuteReaderAsync(ct).ConfigureAwait(false);
        await row.ReadAsync(ct).ConfigureAwait(false);
        long? lastPosition = row.IsDBNull(0) ? null : row.GetInt64(0);
        // As with append_events: only when the end has come is it committed.
        await row.CloseAsync().ConfigureAwait(false);
        return lastPosition is { } last ? Results(appends, last - _events.Count) : null;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    static AppendResult[] Results(List<PendingAppend> appends, long head)
    {
        var results = new AppendResult[appends.Count];
        for (var i = 0; i < results.Length; i++)
        {
            head += appends[i].Events.Length;
            results[i] = new AppendResult.Appended(appends[i].LastVersion, head);
        }

        return results;
    }

    void Bind(List<PendingAppend> appends, StreamTails tails)
    {
        _arrays.Clear();
        foreach (var append in appends)
        {
            var request = append.Request;
            var key = tails.KeyOf(request.Stream);
            foreach (var e in append.Events)
            {
                _streams.Add(key);
                _categories.Add(request.Stream.Category);
                _streamIds.Add(request.Stream.Id);
                _batchIds.Add(request.BatchId);
                _events.Add(e);
            }
        }
    }
}
