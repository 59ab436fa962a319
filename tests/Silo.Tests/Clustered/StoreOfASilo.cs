using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.Silo.Tests.Clustered;

/// <summary>The event store as a silo has it, on a database of one test.</summary>
internal sealed class StoreOfASilo : IAsyncDisposable
{
    public StoreOfASilo() => Store = Open();

    public string Database { get; } = PostgresServer.Instance.TakeDatabase();

    public PostgresEventStore Store { get; }

    /// <summary>As another process has it.</summary>
    public PostgresEventStore Open() => new(
        new PostgresEventStoreOptions
        {
            Database = new PostgresDatabaseOptions { ConnectionString = PostgresServer.Instance.ConnectionString(Database) },
            MasterKey = new byte[32],
        },
        CrescentEvents.Map, TimeProvider.System, NullLogger<PostgresEventStore>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        PostgresServer.Instance.GiveBack(Database);
    }
}
