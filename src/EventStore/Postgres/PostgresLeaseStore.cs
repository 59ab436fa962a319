using Crescent.EventStore.Leases;
using Npgsql;

namespace Crescent.EventStore.Postgres;

/// <summary>Leases among all processes on a database, by that database's clock.</summary>
public sealed class PostgresLeaseStore : ILeaseStore
{
    /// <summary>The SQL state of an effect that was refused because its lease is somebody else's.</summary>
    public const string LeaseLost = "CR001";

    static readonly string AcquireLease = SqlText.Load(typeof(PostgresLeaseStore), "AcquireLease");
    static readonly string RenewLease = SqlText.Load(typeof(PostgresLeaseStore), "RenewLease");
    static readonly string ReleaseLease = SqlText.Load(typeof(PostgresLeaseStore), "ReleaseLease");

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
    /// A call for the transaction of an effect that must not come from an earlier holder: it fails with
    /// <see cref="LeaseLost"/> unless the lease is still this one, and nobody else can take it until the transaction has ended.
    /// </summary>
    /// <param name="first">The number of the first of its two parameters.</param>
    public static string ConfirmCall(int first) => $"confirm_lease(${first}, ${first + 1})";

    /// <summary>The parameters of <see cref="ConfirmCall"/>.</summary>
    public static IReadOnlyList<NpgsqlParameter> ConfirmParameters(Lease lease) => [Parameter.Of(lease.Name), Parameter.Of(lease.Token)];
}
