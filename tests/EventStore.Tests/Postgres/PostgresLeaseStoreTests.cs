using Crescent.EventStore.Leases;
using Crescent.EventStore.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Crescent.EventStore.Tests.Postgres;

/// <summary>Leases among processes that die.</summary>
public sealed class PostgresLeaseStoreTests : IDisposable
{
    readonly PostgresFixture _fixture = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_HolderDiesWithoutGivingBack_AnotherProcessTakesOver()
    {
        var options = new LeaseOptions { Duration = TimeSpan.FromMilliseconds(400), RenewInterval = TimeSpan.FromMilliseconds(100), RetryInterval = TimeSpan.FromMilliseconds(50) };
        var other = _fixture.Open(_fixture.Options);
        var dead = await _fixture.Postgres.Leases.TryAcquireAsync("relay", "dead", options.Duration, Ct);
        var taken = new TaskCompletionSource<Lease>();
        using var stop = new CancellationTokenSource();

        var keeper = new LeaseKeeper(other.Leases, options, TimeProvider.System, NullLogger<LeaseKeeper>.Instance).RunAsync(
            "relay",
            (lease, _) =>
            {
                taken.TrySetResult(lease);
                return Task.CompletedTask;
            },
            stop.Token);

        Assert.Equal(dead!.Token + 1, (await taken.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct)).Token);
        await stop.CancelAsync();
        await keeper;
    }

    [Fact]
    public async Task ConfirmCall_LeaseTakenMeanwhile_RefusesTheEffectOfItsFormerHolder()
    {
        var former = await _fixture.Postgres.Leases.TryAcquireAsync("relay", "a", TimeSpan.FromMinutes(1), Ct);
        await using (var connection = await _fixture.Postgres.Database.OpenConnectionAsync(Ct))
        {
            await using var effect = await connection.BeginTransactionAsync(Ct);
            await ConfirmAsync(former!, connection);
            await AssertNobodyElseTakesItAsync();
        }

        _fixture.Server.Execute(_fixture.Database, "UPDATE leases SET expires = now()");
        await _fixture.Postgres.Leases.TryAcquireAsync("relay", "b", TimeSpan.FromMinutes(1), Ct);

        await using var late = await _fixture.Postgres.Database.OpenConnectionAsync(Ct);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ConfirmAsync(former!, late));
        Assert.Equal(PostgresLeaseStore.LeaseLost, refusal.SqlState);
    }

    [Fact]
    public async Task TryAcquire_HeldByAnother_WritesNothing()
    {
        await _fixture.Postgres.Leases.TryAcquireAsync("relay", "a", TimeSpan.FromMinutes(1), Ct);
        var before = _fixture.Server.Query<string>(_fixture.Database, "SELECT xmax::text || '/' || ctid::text FROM leases");

        Assert.Null(await _fixture.Postgres.Leases.TryAcquireAsync("relay", "b", TimeSpan.FromMinutes(1), Ct));

        Assert.Equal(before, _fixture.Server.Query<string>(_fixture.Database, "SELECT xmax::text || '/' || ctid::text FROM leases"));
    }

    static async Task ConfirmAsync(Lease lease, NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand($"SELECT {PostgresLeaseStore.ConfirmCall(1)}", connection);
        foreach (var parameter in PostgresLeaseStore.ConfirmParameters(lease)) command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(Ct);
    }

    async Task AssertNobodyElseTakesItAsync()
    {
        await using var other = _fixture.Server.Connect(_fixture.Database);
        await using var take = new NpgsqlCommand("SET lock_timeout = '100ms'; UPDATE leases SET owner = 'b'", other);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => take.ExecuteNonQueryAsync(Ct));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
    }
}
