using Crescent.EventStore;
using Crescent.EventStore.Postgres;
using Microsoft.Extensions.Hosting;

namespace Crescent.Silo.Clustered;

/// <summary>A silo is ready when the others count it as active and it can append events.</summary>
internal sealed class SiloReadiness(ISiloStatusOracle members, PostgresEventStore store, IHostApplicationLifetime lifetime, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    static readonly string ReadWritable = SqlText.Load(typeof(SiloReadiness), "ReadWritable");

    /// <summary>A sentence that says what is missing; null if the silo is ready.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken ct)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return "The silo is stopping.";
        if (members.CurrentStatus != SiloStatus.Active) return $"The silo is {members.CurrentStatus}, not Active.";
        try
        {
            return await FindStoreFaultAsync(ct).WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            return "The event store takes too long to answer.";
        }
    }

    async Task<string?> FindStoreFaultAsync(CancellationToken ct)
    {
        try
        {
            await store.ReadHeadAsync(ct);
            var answer = await store.Database.QueryAsync(ReadWritable, static row => row.GetBoolean(0), ct);
            return answer[0] ? null : "The event store can be read only.";
        }
        catch (Exception e) when (e is EventStoreUnavailableException or Npgsql.NpgsqlException)
        {
            return "The event store does not answer.";
        }
    }
}
