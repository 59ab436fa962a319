using Crescent.EventStore.Leases;
using Crescent.EventStore.Tests.Postgres;
using Crescent.Testing;

namespace Crescent.EventStore.Tests.Leases;

/// <summary>An empty lease store of one kind, and a way to let time pass for a lease.</summary>
public abstract class LeaseFixture : IDisposable
{
    public abstract ILeaseStore Store { get; }

    /// <summary>Lets the lease run out.</summary>
    public abstract void Expire(string name);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

public sealed class InProcessLeaseFixture : LeaseFixture
{
    readonly ManualTime _time = new();

    public InProcessLeaseFixture() => Store = new InProcessLeaseStore(_time);

    public override ILeaseStore Store { get; }

    public override void Expire(string name) => _time.Advance(TimeSpan.FromHours(1));
}

public sealed class PostgresLeaseFixture : LeaseFixture
{
    readonly PostgresFixture _fixture = new();

    public override ILeaseStore Store => _fixture.Postgres.Leases;

    public override void Expire(string name) =>
        _fixture.Server.Execute(_fixture.Database, $"UPDATE leases SET expires = expires - interval '1 hour' WHERE name = '{name}'");

    public override void Dispose()
    {
        _fixture.Dispose();
        base.Dispose();
    }
}

public sealed class InProcessLeaseTests : LeaseContract<InProcessLeaseFixture>;

public sealed class PostgresLeaseTests : LeaseContract<PostgresLeaseFixture>;

/// <summary>What every lease store does.</summary>
public abstract class LeaseContract<TFixture> : IDisposable where TFixture : LeaseFixture, new()
{
    const string Relay = "relay";
    static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    readonly TFixture _fixture = new();

    ILeaseStore Store => _fixture.Store;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TryAcquire_Free_IsHeld()
    {
        Assert.Equal(new Lease(Relay, "a", 1), await Store.TryAcquireAsync(Relay, "a", s_minute, Ct));
        Assert.Equal(new Lease("other", "b", 1), await Store.TryAcquireAsync("other", "b", s_minute, Ct));
    }

    [Fact]
    public async Task TryAcquire_HeldByAnother_IsRefused()
    {
        await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);

        Assert.Null(await Store.TryAcquireAsync(Relay, "b", s_minute, Ct));
    }

    [Fact]
    public async Task TryAcquire_AtOnce_OneGetsIt()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Store.TryAcquireAsync(Relay, $"owner {i}", s_minute, Ct)));

        Assert.Single(leases, lease => lease is not null);
    }

    [Fact]
    public async Task TryAcquire_HeldByItself_IsHeldWithAGreaterToken()
    {
        var first = await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);

        var second = await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);

        Assert.Equal(2, second!.Token);
        Assert.False(await Store.TryRenewAsync(first!, s_minute, Ct));
    }

    [Fact]
    public async Task TryAcquire_RunOut_ChangesHandsAndFencesTheFormerHolder()
    {
        var former = await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);
        _fixture.Expire(Relay);

        var taken = await Store.TryAcquireAsync(Relay, "b", s_minute, Ct);

        Assert.Equal(new Lease(Relay, "b", former!.Token + 1), taken);
        Assert.False(await Store.TryRenewAsync(former, s_minute, Ct));
        await Store.ReleaseAsync(former, Ct);
        Assert.Null(await Store.TryAcquireAsync(Relay, "c", s_minute, Ct));
    }

    [Fact]
    public async Task TryRenew_RunOutButNotTaken_IsHeldAgain()
    {
        var lease = await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);
        _fixture.Expire(Relay);

        Assert.True(await Store.TryRenewAsync(lease!, s_minute, Ct));

        Assert.Null(await Store.TryAcquireAsync(Relay, "b", s_minute, Ct));
    }

    [Fact]
    public async Task Release_Held_LetsTheNextOneInAtOnce()
    {
        var lease = await Store.TryAcquireAsync(Relay, "a", s_minute, Ct);
        await Store.ReleaseAsync(lease!, Ct);

        Assert.Equal(2, (await Store.TryAcquireAsync(Relay, "b", s_minute, Ct))!.Token);
    }
}
