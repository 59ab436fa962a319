using SQLitePCL;

namespace Crescent.EventStore.Sqlite;

/// <summary>
/// What every connection relies on: a commit is flushed before it is answered, readers do not block the writer, and
/// deleted content is overwritten. Asked back after it was set, because SQLite ignores what it cannot do.
/// </summary>
static class SqliteSettings
{
    public static void Apply(SqliteSession session, SqliteDatabaseOptions options)
    {
        Set(session, "journal_mode", "WAL", expected: "wal");
        Set(session, "synchronous", "FULL", expected: "2");
        Set(session, "fullfsync", "ON", expected: "1");
        Set(session, "secure_delete", "ON", expected: "1");
        // Sorting and savepoints leave no copies in temporary files.
        Set(session, "temp_store", "MEMORY", expected: "2");
        Set(session, "foreign_keys", "ON", expected: "1");
        session.ExecuteScript($"PRAGMA cache_size = -{options.CacheKibibytes}");
        session.ExecuteScript($"PRAGMA wal_autocheckpoint = {options.CheckpointPages}");
    }

    static void Set(SqliteSession session, string pragma, string value, string expected)
    {
        session.ExecuteScript($"PRAGMA {pragma} = {value}");
        var actual = session.Statement($"PRAGMA {pragma}").FirstOrDefault(row => row.GetString(0));
        session.ResetStatements();
        if (actual != expected)
            throw new SqliteErrorException(raw.SQLITE_MISUSE, $"SQLite keeps {pragma} at '{actual}', but {value} is needed for durable data. Is the data folder on a file system without shared memory, such as a network share?");
    }
}
