namespace Crescent.EventStore.Leases;

/// <summary>
/// Leases: who may do what only one process at a time may do. A lease lasts for a while and is renewed by its holder;
/// one that was not renewed in time may be taken by anybody, with a greater token.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Takes the lease if nobody holds it, or this owner itself; null while somebody else does.</summary>
    /// <param name="owner">Names one holder for one run; another process, or the same one started anew, has another name.</param>
    Task<Lease?> TryAcquireAsync(string name, string owner, TimeSpan duration, CancellationToken ct = default);

    /// <summary>Makes the lease last for <paramref name="duration"/> from now; false if somebody else has taken it.</summary>
    Task<bool> TryRenewAsync(Lease lease, TimeSpan duration, CancellationToken ct = default);

    /// <summary>Gives the lease back, so that the next holder need not wait; nothing if it is somebody else's by now.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken ct = default);
}

/// <summary>A lease in hand.</summary>
/// <param name="Token">
/// Grows with every change of hands. An effect that must not come from an earlier holder carries it, and is refused where
/// a greater one was seen.
/// </param>
public sealed record Lease(string Name, string Owner, long Token);
