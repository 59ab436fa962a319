using System.Data;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>The appender's connection and its two statements, prepared once: one for any group, one for a single event.</summary>
sealed class AppendCommand : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;
    readonly AppendEventsCommand _appendEvents;
    readonly AppendEventCommand _appendEvent;

    AppendCommand(NpgsqlConnection connection) =>
        (_connection, _appendEvents, _appendEvent) = (connection, new AppendEventsCommand(connection), new AppendEventCommand(connection));

    /// <summary>The connection was found broken while nothing was committed; a command on it would not even be sent.</summary>
    public bool IsBroken => _connection.FullState != ConnectionState.Open;

    public static async Task<AppendCommand> PrepareAsync(PostgresDatabase database, CancellationToken ct)
    {
        var command = new AppendCommand(await database.OpenConnectionAsync(ct).ConfigureAwait(false));
        try
        {
            await command._appendEvents.PrepareAsync(ct).ConfigureAwait(false);
            await command._appendEvent.PrepareAsync(ct).ConfigureAwait(false);
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
        if (appends is [{ Events.Length: 1 } lone] && await _appendEvent.ExecuteAsync(lone, ct).ConfigureAwait(false) is { } appended) return [appended];
        return await _appendEvents.ExecuteAsync(appends, ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _appendEvents.DisposeAsync().ConfigureAwait(false);
        await _appendEvent.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
