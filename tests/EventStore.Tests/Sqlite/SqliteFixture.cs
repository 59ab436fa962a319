using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Sqlite;

namespace Crescent.EventStore.Tests.Sqlite;

/// <summary>A store in a folder of its own, which can be closed and opened again.</summary>
public sealed class SqliteFixture : StoreFixture
{
    readonly byte[] _masterKey = RandomNumberGenerator.GetBytes(PersonalKey.Size);
    SqliteEventStore _store;

    public SqliteFixture() => _store = Open();

    public string Folder { get; } = Directory.CreateTempSubdirectory("crescent-store-").FullName;

    public string DatabasePath => Path.Combine(Folder, "crescent.db");

    public override IEventStore Store => _store;

    public override IPersonalKeys Keys => _store.PersonalKeys;

    public override ILogSignal Signal => _store.Signal;

    public SqliteEventStoreOptions Options => new()
    {
        Database = new SqliteDatabaseOptions { Path = DatabasePath, BusyTimeout = TimeSpan.Zero },
        MasterKey = _masterKey,
        Retries = 0,
    };

    public void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    public void Close() => _store.Dispose();

    public override void Dispose()
    {
        _store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    SqliteEventStore Open() => SqliteEventStore.Open(Options, Sample.Types, TimeProvider.System);
}
