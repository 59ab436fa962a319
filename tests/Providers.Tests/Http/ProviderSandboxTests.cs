using System.Globalization;
using System.Text.Json.Nodes;
using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Providers.Carriers;
using Crescent.Providers.Carriers.Sandbox;
using Crescent.Providers.Payments;
using Crescent.ProviderSandbox;
using Crescent.Testing;
using Microsoft.AspNetCore.Builder;

namespace Crescent.Providers.Tests.Http;

/// <summary>The sandboxes as a process of their own, asked by the clients that silos ask real providers with.</summary>
public sealed class ProviderSandboxTests : IAsyncLifetime
{
    static readonly Money s_amount = new(200, "USD");

    readonly TempFolder _folder = new();
    readonly PaymentKey _key = PaymentKey.Of("order-1");
    WebApplication _app = null!;
    HttpClient _http = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    HttpPaymentProvider Payments => new(_http, "sandbox");

    HttpCarrier Carrier => new(_http, "sandbox");

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CaptureAsync_Repeated_IsBookedOnceAndSurvivesARestart()
    {
        var first = Assert.IsType<PaymentOutcome.Captured>(await Payments.CaptureAsync(_key, s_amount, "tok_ok", Ct));
        await StopAsync();
        await StartAsync();

        Assert.Equal(first, await Payments.CaptureAsync(_key, s_amount, "tok_ok", Ct));
        Assert.Equal(new PaymentStanding.Captured(first.Reference), await Payments.FindAsync(_key, Ct));
        Assert.Equal(["capture 200"], await LedgerAsync());
    }

    [Fact]
    public async Task RefundAsync_OfACapture_IsInTheLedger()
    {
        await Payments.CaptureAsync(_key, s_amount, "tok_ok", Ct);

        Assert.IsType<PaymentStanding.Refunded>(await Payments.RefundAsync(_key, Ct));
        Assert.Equal(["capture 200", "refund 200"], await LedgerAsync());
    }

    [Fact]
    public async Task CancelAsync_BeforeTheCapture_RefusesIt()
    {
        Assert.IsType<PaymentStanding.Cancelled>(await Payments.CancelAsync(_key, Ct));

        Assert.IsType<PaymentOutcome.Declined>(await Payments.CaptureAsync(_key, s_amount, "tok_ok", Ct));
        Assert.Empty(await LedgerAsync());
    }

    [Fact]
    public async Task CaptureAsync_Declined_SaysWhy() =>
        Assert.Equal(new PaymentOutcome.Declined("card_declined"), await Payments.CaptureAsync(_key, s_amount, "tok_decline", Ct));

    [Fact]
    public async Task CaptureAsync_Late_IsUnknownAtFirst()
    {
        Assert.IsType<PaymentOutcome.Unknown>(await Payments.CaptureAsync(_key, s_amount, "tok_late_capture", Ct));
        Assert.IsType<PaymentStanding.NotFound>(await Payments.FindAsync(_key, Ct));
    }

    [Fact]
    public async Task CaptureAsync_OutOfReach_IsAnUnknownOutcome() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => Payments.CaptureAsync(_key, s_amount, "tok_down", Ct));

    [Fact]
    public async Task CaptureAsync_ThatNeverAnswers_HasTakenTheMoney()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var capture = Payments.CaptureAsync(_key, s_amount, "tok_timeout_after_capture", patience.Token);

        await Eventually.TrueAsync(async () => (await LedgerAsync()).Count == 1, Ct);
        Assert.False(capture.IsCompleted);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        Assert.IsType<PaymentStanding.Captured>(await Payments.FindAsync(_key, Ct));
    }

    [Fact]
    public async Task CaptureAsync_SameKeyWithAnotherAmount_IsNoAnswer()
    {
        await Payments.CaptureAsync(_key, s_amount, "tok_ok", Ct);

        await Assert.ThrowsAsync<HttpRequestException>(() => Payments.CaptureAsync(_key, new Money(1, "USD"), "tok_ok", Ct));
    }

    [Fact]
    public async Task BookAsync_Repeated_IsOneParcelUntilItIsCancelled()
    {
        var parcel = new ParcelOrder("order-1", null, 1);
        var booked = Assert.IsType<CarrierOutcome.Booked>(await Carrier.BookAsync(parcel, Ct));
        Assert.Equal(booked, await Carrier.BookAsync(parcel, Ct));

        Assert.True(await Carrier.CancelAsync("order-1", Ct));
        Assert.Equal(new CarrierOutcome.Refused("booking_cancelled"), await Carrier.BookAsync(parcel, Ct));
    }

    [Fact]
    public async Task BookAsync_ToWhereItDoesNotGo_IsRefused() => Assert.Equal(
        new CarrierOutcome.Refused("country_not_served"),
        await Carrier.BookAsync(new ParcelOrder("order-1", new Address("Kim", "1 Main Street", "Busan", "48058", CarrierSandbox.RefusedCountry), 1), Ct));

    async Task StartAsync()
    {
        _app = SandboxHost.Build(
        [
            "--urls=http://127.0.0.1:0",
            $"--Crescent:Providers:PaymentSandbox:LedgerPath={_folder.File("payments.db")}",
            $"--Crescent:Providers:CarrierSandbox:BookingsPath={_folder.File("parcels.db")}",
        ]);
        await _app.StartAsync(Ct);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First() + "/") };
    }

    async Task StopAsync()
    {
        _http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    async Task<List<string>> LedgerAsync() =>
    [
        .. JsonNode.Parse(await _http.GetStringAsync("ledger", Ct))!.AsArray()
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry!["kind"]} {(decimal)entry["amount"]!:0}")),
    ];
}
