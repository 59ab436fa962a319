using Crescent.Domain;
using Crescent.Domain.Shipments;
using Crescent.Providers.Carriers.Sandbox;
using Crescent.Testing;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Tests.Carriers;

public sealed class CarrierSandboxTests : IAsyncDisposable
{
    private static readonly ParcelOrder s_parcel = new("order-1", new Address("Ada", "Main St 1", "Springfield", "12345", "US"), 2);

    private readonly TempFolder _folder = new();
    private CarrierSandbox _carrier;

    public CarrierSandboxTests() => _carrier = Open();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _carrier.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task BookAsync_Repeated_GivesTheSameTrackingNumberAlsoAfterARestart()
    {
        var first = Assert.IsType<CarrierOutcome.Booked>(await _carrier.BookAsync(s_parcel, Ct));
        await RestartAsync();

        Assert.Equal(first, await _carrier.BookAsync(s_parcel, Ct));
    }

    [Fact]
    public async Task BookAsync_CancelledBefore_IsRefusedAlsoAfterARestart()
    {
        Assert.True(await _carrier.CancelAsync(s_parcel.OrderId, Ct));
        await RestartAsync();

        Assert.Equal(new CarrierOutcome.Refused("booking_cancelled"), await _carrier.BookAsync(s_parcel, Ct));
    }

    [Fact]
    public async Task BookAsync_CountryNotServed_IsRefused()
    {
        var parcel = s_parcel with { ShipTo = s_parcel.ShipTo! with { Country = CarrierSandbox.RefusedCountry } };

        Assert.Equal(new CarrierOutcome.Refused("country_not_served"), await _carrier.BookAsync(parcel, Ct));
    }

    [Fact]
    public async Task BookAsync_Any_KeepsNoAddress()
    {
        await _carrier.BookAsync(s_parcel, Ct);
        await _carrier.DisposeAsync();

        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.DoesNotContain("Springfield", await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Ct), StringComparison.Ordinal);
    }

    private CarrierSandbox Open() =>
        new(Options.Create(new CarrierSandboxOptions { BookingsPath = _folder.File("parcels.db") }));

    private async Task RestartAsync()
    {
        await _carrier.DisposeAsync();
        _carrier = Open();
    }
}
