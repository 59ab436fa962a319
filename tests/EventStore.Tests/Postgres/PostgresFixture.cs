using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;
using Crescent.EventStore.Postgres;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>A store in a database of its own, which other stores can be opened on as other processes would.</summary>
public sealed class PostgresFixture : StoreFixture
{
    readonly byte[] _masterKey = RandomNumberGenerator.GetBytes(PersonalKey.Size);
    readonly List<PostgresEventStore> _opened = [];

    public PostgresFixture() => Postgres = Open(Options);

    internal PostgresServer Server { get; } = PostgresServer.Instance;

    public string Database { get; } = PostgresServer.Instance.TakeDatabase();

    public PostgresEventStore Postgres { get; }

    public override IEventStore Store => Postgres;

    public override IPersonalKeys Keys => Postgres.PersonalKeys;

    public override ILogSignal Signal => Postgres.Signal;

    public PostgresEventStoreOptions Options => new()
    {
        Database = new PostgresDatabaseOptions { ConnectionString = Server.ConnectionString(Database), MaxConnections = 10 },
        MasterKey = _masterKey,
    };

    public PostgresEventStore Open(PostgresEventStoreOptions options, TimeProvider? time = null)
    {
        var store = new PostgresEventStore(options, Sample.Types, time ?? TimeProvider.System, NullLogger<PostgresEventStore>.Instance);
        _opened.Add(store);
        return store;
    }

    public override void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        Server.GiveBack(Database);
    }
}
