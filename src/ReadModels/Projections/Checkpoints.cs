using Crescent.EventStore;
using Crescent.EventStore.Sqlite;

namespace Crescent.ReadModels.Projections;

/// <summary>How far a reader of the log has come, kept in the transaction of what it did.</summary>
internal static class Checkpoints
{
    private static readonly string s_read = SqlText.Load(typeof(Checkpoints), "ReadCheckpoint");
    private static readonly string s_write = SqlText.Load(typeof(Checkpoints), "WriteCheckpoint");

    public static (int Version, long Position)? Read(SqliteSession session, string name) =>
        session.Statement(s_read).Bind(1, name).FirstOrDefault(static row => ((int, long)?)(row.GetInt32(0), row.GetInt64(1)));

    public static void Write(SqliteSession session, string name, int version, long position) =>
        session.Statement(s_write).Bind(1, name).Bind(2, version).Bind(3, position).Execute();
}
