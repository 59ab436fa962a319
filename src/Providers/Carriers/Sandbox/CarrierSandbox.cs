using Crescent.Domain;
using Crescent.Domain.Shipments;
using Crescent.Providers.Sandbox;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Carriers.Sandbox;

/// <summary>
/// A carrier for trying things out, with durable bookings of its own. It brings parcels everywhere but to the country
/// <see cref="RefusedCountry"/>. It keeps no address.
/// </summary>
public sealed class CarrierSandbox : ICarrier, IAsyncDisposable
{
    /// <summary>Where this carrier does not go (ISO 3166 leaves the code to its users).</summary>
    public const string RefusedCountry = "ZZ";

    private readonly SandboxDatabase<ParcelStatements> _database;

    public CarrierSandbox(IOptions<CarrierSandboxOptions> options) =>
        _database = new SandboxDatabase<ParcelStatements>(
            options.Value.BookingsPath, options.Value.Queue, ParcelStatements.CreateSchema, static connection => new ParcelStatements(connection));

    public string Name => "sandbox";

    public async Task<CarrierOutcome> BookAsync(ParcelOrder parcel, CancellationToken ct = default)
    {
        if (string.Equals(parcel.ShipTo?.Country, RefusedCountry, StringComparison.OrdinalIgnoreCase))
            return new CarrierOutcome.Refused("country_not_served");

        var booked = await _database.RunAsync(statements => Book(statements, parcel.OrderId), ct);
        return booked.IsCancelled ? new CarrierOutcome.Refused("booking_cancelled") : new CarrierOutcome.Booked(booked.TrackingNumber!);
    }

    public Task<bool> CancelAsync(string orderId, CancellationToken ct = default) =>
        _database.RunAsync(statements =>
        {
            statements.Write((statements.Find(orderId) ?? new Parcel(orderId, null, false)) with { IsCancelled = true });
            return true;
        }, ct);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static Parcel Book(ParcelStatements statements, string orderId)
    {
        if (statements.Find(orderId) is { } known)
            return known;
        var parcel = new Parcel(orderId, $"SBX{DerivedId.From("sandbox-parcel", orderId):N}"[..20].ToUpperInvariant(), false);
        statements.Write(parcel);
        return parcel;
    }
}
