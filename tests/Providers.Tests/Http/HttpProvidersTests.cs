using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.Providers.Resilience;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Tests.Http;

public sealed class HttpProvidersTests : IAsyncLifetime
{
    private readonly PaymentKey _key = PaymentKey.Of("order-1");
    private ProviderStub _stub = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IPaymentProvider Payment => _services.GetRequiredService<IPaymentProvider>();

    private ICarrier Carrier => _services.GetRequiredService<ICarrier>();

    public async ValueTask InitializeAsync()
    {
        _stub = await ProviderStub.StartAsync();
        _services = Compose(_stub.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _stub.DisposeAsync();
    }

    [Fact]
    public async Task CaptureAsync_Captured_SendsAmountTokenAndKey()
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, 200, """{"state":"captured","reference":"r-1","more":1}""");

        var outcome = await Payment.CaptureAsync(_key, new Money(200.50m, "USD"), "tok", Ct);

        Assert.Equal(new PaymentOutcome.Captured("r-1"), outcome);
        Assert.Equal(
            new StubRequest("PUT", $"/v1/payments/{_key}", _key.Value, "Bearer secret", """{"amount":200.50,"currency":"USD","token":"tok"}"""),
            Assert.Single(_stub.Requests));
    }

    [Theory]
    [InlineData(402, """{"state":"declined","reason":"no money"}""", "Declined { Reason = no money }")]
    [InlineData(202, """{"state":"pending"}""", "Unknown { }")]
    public async Task CaptureAsync_OtherAnswers_MeanWhatTheySay(int status, string body, string outcome)
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, status, body);

        Assert.Equal(outcome, (await Payment.CaptureAsync(_key, new Money(1, "USD"), "tok", Ct)).ToString());
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(302, "{}")]
    [InlineData(404, "{}")]
    [InlineData(200, """{"state":"captured"}""")]
    [InlineData(200, """{"state":"what"}""")]
    public async Task CaptureAsync_AnswerWithoutMeaning_IsAnUnknownOutcome(int status, string body)
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, status, body);

        await Assert.ThrowsAsync<HttpRequestException>(() => Payment.CaptureAsync(_key, new Money(1, "USD"), "tok", Ct));
    }

    [Fact]
    public async Task CaptureAsync_HugeAnswer_IsRefused()
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, 200, $$"""{"state":"captured","reference":"{{new string('x', 100_000)}}"}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => Payment.CaptureAsync(_key, new Money(1, "USD"), "tok", Ct));
    }

    [Theory]
    [InlineData(404, "{}", "NotFound { }")]
    [InlineData(200, """{"state":"pending"}""", "NotFound { }")]
    [InlineData(200, """{"state":"captured","reference":"r"}""", "Captured { Reference = r }")]
    [InlineData(200, """{"state":"refunded","reference":"r"}""", "Refunded { Reference = r }")]
    [InlineData(200, """{"state":"declined","reason":"no"}""", "Declined { Reason = no }")]
    [InlineData(200, """{"state":"cancelled"}""", "Cancelled { }")]
    public async Task FindCancelRefund_Any_AnswerWhatStands(int status, string body, string standing)
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, status, body);

        Assert.Equal(standing, (await Payment.FindAsync(_key, Ct)).ToString());
        Assert.Equal(standing, (await Payment.CancelAsync(_key, Ct)).ToString());
        Assert.Equal(standing, (await Payment.RefundAsync(_key, Ct)).ToString());
        Assert.Equal(
            [$"GET /v1/payments/{_key}", $"POST /v1/payments/{_key}/cancel", $"POST /v1/payments/{_key}/refund"],
            _stub.Requests.Select(request => $"{request.Method} {request.Path}"));
    }

    [Fact]
    public async Task CaptureAsync_FiveFailures_OpenTheCircuitOfThisProviderOnly()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => Payment.CaptureAsync(_key, new Money(1, "USD"), "tok", Ct));

        await Assert.ThrowsAsync<ProviderUnavailableException>(() => Payment.FindAsync(_key, Ct));

        Assert.Equal(5, _stub.Requests.Count);
        _stub.Answer = context => ProviderStub.JsonAsync(context, 204, "");
        Assert.True(await Carrier.CancelAsync("order-1", Ct));
        var statuses = _services.GetRequiredService<ProviderCircuits>().Statuses;
        Assert.Equal([("carrier", CircuitPosition.Closed), ("payment", CircuitPosition.Open)], statuses.Select(status => (status.Provider, status.Position)));
    }

    [Fact]
    public async Task BookAsync_Booked_SendsAddressAndKey()
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, 200, """{"trackingNumber":"T1"}""");
        var parcel = new ParcelOrder("order-1", new Address("Ada", "Main St 1", "Springfield", "12345", "US"), 2);

        Assert.Equal(new CarrierOutcome.Booked("T1"), await Carrier.BookAsync(parcel, Ct));

        var request = Assert.Single(_stub.Requests);
        Assert.Equal(("PUT", "/v1/parcels/order-1", "order-1"), (request.Method, request.Path, request.IdempotencyKey));
        Assert.Equal("""{"pieces":2,"shipTo":{"name":"Ada","street":"Main St 1","city":"Springfield","postalCode":"12345","country":"US"}}""", request.Body);
    }

    [Fact]
    public async Task BookAsync_Refused_SaysWhy()
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, 422, """{"reason":"too far"}""");

        Assert.Equal(new CarrierOutcome.Refused("too far"), await Carrier.BookAsync(new ParcelOrder("order-1", null, 1), Ct));
    }

    [Fact]
    public async Task CancelAsync_ParcelUnderWay_AnswersFalse()
    {
        _stub.Answer = context => ProviderStub.JsonAsync(context, 409, "{}");

        Assert.False(await Carrier.CancelAsync("order-1", Ct));
    }

    [Fact]
    public void AddProviders_WrongSettings_AreNamedInSentences()
    {
        using var services = Compose("http://pay.example/v1");

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IPaymentProvider>());

        Assert.Equal(["Crescent:Providers:Payment:BaseAddress is 'http://pay.example/v1'; it must end with '/'."], error.Failures);
    }

    private static ServiceProvider Compose(string address)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Crescent:Providers:Payment:Name"] = "pay",
            ["Crescent:Providers:Payment:BaseAddress"] = address,
            ["Crescent:Providers:Payment:ApiKey"] = "secret",
            ["Crescent:Providers:Carrier:Name"] = "parcels",
            ["Crescent:Providers:Carrier:BaseAddress"] = address,
        }).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(settings).AddProviders(settings).BuildServiceProvider();
    }
}
