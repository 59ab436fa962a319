using SQLitePCL;

namespace Crescent.EventStore.Sqlite;

/// <summary>SQLite refused or failed; the transaction it happened in was rolled back.</summary>
public sealed class SqliteErrorException(int code, string message) : Exception(message)
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code => code;

    /// <summary>SQLite's result code, such as <c>SQLITE_FULL</c> (13).</summary>
    public int PrimaryCode => code & 0xff;

    /// <summary>A unique index, a check or another constraint refused the statement.</summary>
    public bool IsConstraint => PrimaryCode == raw.SQLITE_CONSTRAINT;

    /// <summary>Trouble of the surroundings (locks, disk, memory) that may pass, rather than a wrong statement.</summary>
    public bool IsTransient => PrimaryCode
        is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR
        or raw.SQLITE_NOMEM or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_READONLY;

    internal static StoreTrouble Judge(Exception exception) => exception is not SqliteErrorException error
        ? StoreTrouble.None
        : error.IsTransient ? StoreTrouble.Passing : StoreTrouble.Lasting;
}
