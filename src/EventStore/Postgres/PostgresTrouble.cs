using System.Net.Sockets;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>Tells trouble of the server and the way to it from what is wrong with the request.</summary>
static class PostgresTrouble
{
    public static StoreTrouble Judge(Exception exception) => exception switch
    {
        PostgresException error => Judge(error),
        PostgresSettingException => StoreTrouble.Lasting,
        // What is left of Npgsql's own: connections that break, do not come about, or are all in use.
        NpgsqlException or SocketException or IOException or TimeoutException => StoreTrouble.Passing,
        _ => StoreTrouble.None,
    };

    static StoreTrouble Judge(PostgresException error)
    {
        switch (error.SqlState)
        {
            case PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction:
                return StoreTrouble.Passing;
            case PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.InFailedSqlTransaction:
                return StoreTrouble.Passing;
        }

        return error.SqlState[..2] switch
        {
            // Connections, rolled back for another's sake, resources, operator or shutdown, disk.
            "08" or "40" or "53" or "57" or "58" => StoreTrouble.Passing,
            // A value that the database does not take, or a constraint: a bug of the caller.
            "22" or "23" => StoreTrouble.None,
            _ => StoreTrouble.Lasting,
        };
    }
}
