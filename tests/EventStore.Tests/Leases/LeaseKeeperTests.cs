using System.Threading.Channels;
using Crescent.EventStore.Leases;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.EventStore.Tests.Leases;

public sealed class LeaseKeeperTests
{
    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    readonly ManualTime _time = new();
    readonly BreakableLeases _leases;
    readonly Channel<Lease> _begun = Channel.CreateUnbounded<Lease>();
    readonly Channel<Lease> _ended = Channel.CreateUnbounded<Lease>();

    public LeaseKeeperTests() => _leases = new BreakableLeases(new InProcessLeaseStore(_time));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static LeaseOptions Options => new();

    [Fact]
    public async Task Run_TwoAtOnce_OneWorksAndTheOtherTakesOverWhenItStops()
    {
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        var first = Keeper().RunAsync("relay", WorkUntilStopped, stopFirst.Token);
        var lease = await Next(_begun);
        var second = Keeper().RunAsync("relay", WorkUntilStopped, stopSecond.Token);

        await stopFirst.CancelAsync();
        Assert.Equal(lease, await Next(_ended));
        await first.WaitAsync(s_bound, Ct);
        _time.Advance(Options.RetryInterval);

        Assert.Equal(2, (await Next(_begun)).Token);
        await stopSecond.CancelAsync();
        await second.WaitAsync(s_bound, Ct);
    }

    [Fact]
    public async Task Run_StoreOutOfReach_StopsTheWorkBeforeAnybodyElseCanTakeTheLease()
    {
        using var stop = new CancellationTokenSource();
        var keeper = Keeper().RunAsync("relay", WorkUntilStopped, stop.Token);
        var lease = await Next(_begun);
        _leases.Broken = true;

        // Up to the end of the lease, and not beyond: for the others it has not run out yet.
        _time.Advance(Options.Duration - TimeSpan.FromMilliseconds(1));
        Assert.False(_ended.Reader.TryRead(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(lease, await Next(_ended));
        await stop.CancelAsync();
        await keeper.WaitAsync(s_bound, Ct);
    }

    [Fact]
    public async Task Run_LeaseTakenByAnother_StopsTheWorkAtTheNextRenewal()
    {
        using var stop = new CancellationTokenSource();
        var keeper = Keeper().RunAsync("relay", WorkUntilStopped, stop.Token);
        var lease = await Next(_begun);
        _leases.RefuseRenewals = true;

        _time.Advance(Options.RenewInterval);

        Assert.Equal(lease, await Next(_ended));
        await stop.CancelAsync();
        await keeper.WaitAsync(s_bound, Ct);
    }

    [Fact]
    public async Task Run_Renewed_WorksOnBeyondTheFirstDuration()
    {
        using var stop = new CancellationTokenSource();
        var keeper = Keeper().RunAsync("relay", WorkUntilStopped, stop.Token);
        await Next(_begun);

        for (var renewal = 1; renewal <= 10; renewal++)
        {
            _time.Advance(Options.RenewInterval);
            await Next(_leases.Renewed);
        }

        Assert.False(_ended.Reader.TryRead(out _));
        Assert.Null(await _leases.TryAcquireAsync("relay", "somebody else", Options.Duration, Ct));
        await stop.CancelAsync();
        await keeper.WaitAsync(s_bound, Ct);
    }

    [Fact]
    public async Task Run_WorkFails_IsTriedAgainLater()
    {
        using var stop = new CancellationTokenSource();
        var keeper = Keeper().RunAsync("relay", (lease, _) =>
        {
            _begun.Writer.TryWrite(lease);
            throw new InvalidOperationException("On purpose.");
        }, stop.Token);
        Assert.Equal(1, (await Next(_begun)).Token);

        await _time.AdvanceToNextAsync(Ct);
        while (!_begun.Reader.TryPeek(out _)) await _time.AdvanceToNextAsync(Ct);

        Assert.Equal(2, (await Next(_begun)).Token);
        await stop.CancelAsync();
        await keeper.WaitAsync(s_bound, Ct);
    }

    [Fact]
    public void Options_TooShortADuration_IsNamed() => Assert.Contains(
        "must be at least twice RenewInterval",
        (Options with { Duration = TimeSpan.FromSeconds(2) }).Problem(),
        StringComparison.Ordinal);

    LeaseKeeper Keeper() => new(_leases, Options, _time, NullLogger<LeaseKeeper>.Instance);

    async Task WorkUntilStopped(Lease lease, CancellationToken held)
    {
        _begun.Writer.TryWrite(lease);
        var stopped = new TaskCompletionSource();
        await using var registration = held.Register(() => stopped.SetResult());
        await stopped.Task;
        _ended.Writer.TryWrite(lease);
    }

    static Task<T> Next<T>(Channel<T> channel) => channel.Reader.ReadAsync(Ct).AsTask().WaitAsync(s_bound, Ct);

    sealed class BreakableLeases(ILeaseStore inner) : ILeaseStore
    {
        public bool Broken { get; set; }

        public bool RefuseRenewals { get; set; }

        public Channel<bool> Renewed { get; } = Channel.CreateUnbounded<bool>();

        public Task<Lease?> TryAcquireAsync(string name, string owner, TimeSpan duration, CancellationToken ct = default) =>
            Broken ? throw new EventStoreUnavailableException("On purpose.") : inner.TryAcquireAsync(name, owner, duration, ct);

        public async Task<bool> TryRenewAsync(Lease lease, TimeSpan duration, CancellationToken ct = default)
        {
            if (Broken) throw new EventStoreUnavailableException("On purpose.");
            var renewed = !RefuseRenewals && await inner.TryRenewAsync(lease, duration, ct);
            Renewed.Writer.TryWrite(renewed);
            return renewed;
        }

        public Task ReleaseAsync(Lease lease, CancellationToken ct = default) => inner.ReleaseAsync(lease, ct);
    }
}
