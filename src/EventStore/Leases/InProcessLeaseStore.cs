namespace Crescent.EventStore.Leases;

/// <summary>Leases among the parts of one process, for runs that have no other.</summary>
public sealed class InProcessLeaseStore(TimeProvider time) : ILeaseStore
{
    readonly Lock _gate = new();
    readonly Dictionary<string, (Lease Lease, DateTimeOffset Expires)> _leases = [];

    public Task<Lease?> TryAcquireAsync(string name, string owner, TimeSpan duration, CancellationToken ct = default)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var token = 1L;
            if (_leases.TryGetValue(name, out var standing))
            {
                if (standing.Expires > now && standing.Lease.Owner != owner) return Task.FromResult<Lease?>(null);
                token = standing.Lease.Token + 1;
            }

            var lease = new Lease(name, owner, token);
            _leases[name] = (lease, now + duration);
            return Task.FromResult<Lease?>(lease);
        }
    }

    public Task<bool> TryRenewAsync(Lease lease, TimeSpan duration, CancellationToken ct = default) =>
        Task.FromResult(SetExpiry(lease, duration));

    public Task ReleaseAsync(Lease lease, CancellationToken ct = default)
    {
        SetExpiry(lease, TimeSpan.Zero);
        return Task.CompletedTask;
    }

    bool SetExpiry(Lease lease, TimeSpan fromNow)
    {
        lock (_gate)
        {
            if (!_leases.TryGetValue(lease.Name, out var standing) || standing.Lease.Token != lease.Token) return false;
            _leases[lease.Name] = (standing.Lease, time.GetUtcNow() + fromNow);
            return true;
        }
    }
}
