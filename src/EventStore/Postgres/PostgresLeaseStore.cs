using Crescent.EventStore.Leases;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>Leases among all processes on a database, by that database's clock.</summary>
public sealed class PostgresLeaseStore : ILeaseStore
{
    static readonly string AcquireLease = SqlText.Load(typeof(PostgresLeaseStore), "AcquireLease");
    static readonly string RenewLease = SqlText.Load(typeof(PostgresLeaseStore), "RenewLease");
    static readonly string ReleaseLease = SqlText.Load(typeof(PostgresLeaseStore), "ReleaseLease");
    static readonly string ConfirmLease = SqlText.Load(typeof(PostgresLeaseStore), "ConfirmLease");

    readonly PostgresEventStore _store;

    internal PostgresLeaseStore(PostgresEventStore store) => _store = store;

    public Task<Lease?> TryAcquireAsync(string name, string owner, TimeSpan duration, CancellationToken ct = default) =>
        _store.RunAsync(async database =>
        {
            var tokens = await database.QueryAsync(
                AcquireLease, row => row.GetInt64(0), ct, Parameter.Of(name), Parameter.Of(owner), Parameter.Of(duration));
            return tokens is [var token] ? new Lease(name, owner, token) : null;
        }, ct);

    public Task<bool> TryRenewAsync(Lease lease, TimeSpan duration, CancellationToken ct = default) =>
        _store.RunAsync(
            async database => await database.ExecuteAsync(RenewLease, ct, Parameter.Of(lease.Name), Parameter.Of(lease.Token), Parameter.Of(duration)) == 1,
            ct);

    public Task ReleaseAsync(Lease lease, CancellationToken ct = default) =>
        _store.RunAsync(database => database.ExecuteAsync(ReleaseLease, ct, Parameter.Of(lease.Name), Parameter.Of(lease.Token)), ct);

    /// <summary>
    /// Whether the lease is still this one, asked inside the transaction of an effect: if it is, nobody else can take it
    /// until that transaction has ended.
    /// </summary>
    public static async Task<bool> ConfirmAsync(Lease lease, NpgsqlConnection connection, CancellationToken ct = default)
    {
        await using var command = new NpgsqlCommand(ConfirmLease, connection) { Parameters = { Parameter.Of(lease.Name), Parameter.Of(lease.Token) } };
        return await command.ExecuteScalarAsync(ct) is not null;
    }
}
