using Crescent.EventStore.Leases;

namespace Crescent.EventStore;

/// <summary>A consumer of the log that runs in one process at a time: wherever its lease is.</summary>
public interface ILogConsumer
{
    /// <summary>The name of its lease, and in logs and metrics.</summary>
    string Name { get; }

    /// <summary>
    /// Begins a term under a lease just taken. Its effects carry the lease, so that a database that several processes share
    /// refuses them once somebody else has it.
    /// </summary>
    ISubscriber Begin(Lease lease);
}
