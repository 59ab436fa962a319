using Microsoft.Extensions.Logging;

namespace Crescent.EventStore.Leases;

/// <summary>Does a piece of work in this process whenever, and only while, this process holds the work's lease.</summary>
public sealed partial class LeaseKeeper
{
    readonly ILeaseStore _store;
    readonly LeaseOptions _options;
    readonly TimeProvider _time;
    readonly ILogger _logger;

    public LeaseKeeper(ILeaseStore store, LeaseOptions options, TimeProvider time, ILogger<LeaseKeeper> logger)
    {
        if (options.Problem() is { } problem) throw new ArgumentException(problem, nameof(options));
        (_store, _options, _time, _logger) = (store, options, time, logger);
    }

    /// <summary>Runs until <paramref name="ct"/> is cancelled, then gives the lease back and ends without an exception.</summary>
    /// <param name="work">
    /// Runs for as long as the lease is held. Its token is cancelled before anybody else can take the lease; it then ends
    /// quickly. Work that ends by itself or fails gives the lease back, and is tried again later by whoever takes it.
    /// </param>
    public async Task RunAsync(string name, Func<Lease, CancellationToken, Task> work, CancellationToken ct)
    {
        var owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7(_time.GetUtcNow())}";
        while (!ct.IsCancellationRequested)
        {
            // Counted from before the question, so that it ends here before it ends in the store.
            var asked = _time.GetTimestamp();
            if (await TryAcquireAsync(name, owner, ct) is { } lease) await HoldAsync(lease, asked, work, ct);
            await Task.Delay(_options.RetryInterval, _time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<Lease?> TryAcquireAsync(string name, string owner, CancellationToken ct)
    {
        try
        {
            return await _store.TryAcquireAsync(name, owner, _options.Duration, ct);
        }
        catch (Exception e)
        {
            if (!ct.IsCancellationRequested) LogNotAcquired(name, _options.RetryInterval, e);
            return null;
        }
    }

    async Task HoldAsync(Lease lease, long asked, Func<Lease, CancellationToken, Task> work, CancellationToken ct)
    {
        using var expiry = new CancellationTokenSource(Remaining(asked), _time);
        using var held = CancellationTokenSource.CreateLinkedTokenSource(ct, expiry.Token);
        LogAcquired(lease.Name, lease.Token);
        var renewing = RenewAsync(lease, expiry, held.Token);
        await DoAsync(lease, work, held.Token);
        await held.CancelAsync();
        await renewing;
        if (expiry.IsCancellationRequested) LogLost(lease.Name, lease.Token);
        else await ReleaseAsync(lease);
    }

    async Task DoAsync(Lease lease, Func<Lease, CancellationToken, Task> work, CancellationToken held)
    {
        try
        {
            await work(lease, held);
        }
        catch (Exception e)
        {
            if (!held.IsCancellationRequested) LogWorkFailed(lease.Name, _options.RetryInterval, e);
        }
    }

    /// <summary>Moves the expiry as long as the lease can be renewed, and brings it on when somebody else has it.</summary>
    async Task RenewAsync(Lease lease, CancellationTokenSource expiry, CancellationToken held)
    {
        while (true)
        {
            await Task.Delay(_options.RenewInterval, _time, held).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (held.IsCancellationRequested) return;
            var asked = _time.GetTimestamp();
            try
            {
                if (await _store.TryRenewAsync(lease, _options.Duration, held)) expiry.CancelAfter(Remaining(asked));
                else await expiry.CancelAsync();
            }
            catch (Exception e)
            {
                if (!held.IsCancellationRequested) LogNotRenewed(lease.Name, _options.RenewInterval, e);
            }
        }
    }

    async Task ReleaseAsync(Lease lease)
    {
        try
        {
            await _store.ReleaseAsync(lease, CancellationToken.None);
            LogReleased(lease.Name, lease.Token);
        }
        catch (Exception e)
        {
            LogNotReleased(lease.Name, _options.Duration, e);
        }
    }

    TimeSpan Remaining(long asked)
    {
        var remaining = _options.Duration - _time.GetElapsedTime(asked);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
