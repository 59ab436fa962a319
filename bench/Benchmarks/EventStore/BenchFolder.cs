using Crescent.EventStore;
using Crescent.EventStore.Sqlite;

namespace Benchmarks.EventStore;

/// <summary>A folder that goes away with what was measured in it.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crescent-bench-").FullName;

    public string DatabasePath => System.IO.Path.Combine(Path, "crescent.db");

    public SqliteEventStoreOptions Options => new() { Database = new SqliteDatabaseOptions { Path = DatabasePath }, MasterKey = new byte[32] };

    public SqliteEventStore OpenStore() => SqliteEventStore.Open(Options, CrescentEvents.Map, TimeProvider.System);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
