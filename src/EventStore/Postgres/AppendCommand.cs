using System.Data;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>
/// The appender's connection and its two statements, prepared once: one for any group, and one for groups whose streams are
/// known to stand where they are expected, as they mostly do.
/// </summary>
sealed class AppendCommand : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;
    readonly AppendEventsCommand _appendEvents;
    readonly AppendUncheckedCommand _appendUnchecked;
    readonly StreamTails _tails;

    AppendCommand(NpgsqlConnection connection, int knownStreams)
    {
        _connection = connection;
        _appendEvents = new AppendEventsCommand(connection);
        _appendUnchecked = new AppendUncheckedCommand(connection);
        _tails = new StreamTails(knownStreams);
    }

    /// <summary>The connection was found broken while nothing was committed; a command on it would not even be sent.</summary>
    public bool IsBroken => _connection.FullState != ConnectionState.Open;

    public static async Task<AppendCommand> PrepareAsync(PostgresDatabase database, int knownStreams, CancellationToken ct)
    {
        var command = new AppendCommand(await database.OpenConnectionAsync(ct).ConfigureAwait(false), knownStreams);
        try
        {
            await command._appendEvents.PrepareAsync(ct).ConfigureAwait(false);
            await command._appendUnchecked.PrepareAsync(ct).ConfigureAwait(false);
            return command;
        }
        catch
        {
            await command.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Commits the appends, each for another stream, in one transaction; answers what became of each.</summary>
    public async Task<AppendResult[]> ExecuteAsync(List<PendingAppend> appends, CancellationToken ct)
    {
        var results = _tails.Expect(appends) ? await _appendUnchecked.ExecuteAsync(appends, _tails, ct).ConfigureAwait(false) : null;
        results ??= await _appendEvents.ExecuteAsync(appends, ct).ConfigureAwait(false);
        _tails.Learn(appends, results);
        return results;
    }

    public async ValueTask DisposeAsync()
    {
        await _appendEvents.DisposeAsync().ConfigureAwait(false);
        await _appendUnchecked.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
