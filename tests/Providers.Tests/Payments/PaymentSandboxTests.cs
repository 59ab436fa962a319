using Crescent.Domain.Payments;
using Crescent.Providers.Payments.Sandbox;
using Crescent.Testing;

namespace Crescent.Providers.Tests.Payments;

public sealed class PaymentSandboxTests : IAsyncDisposable
{
    private readonly SandboxFixture _fixture = new();
    private readonly PaymentKey _key = PaymentKey.Of("order-1");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PaymentSandbox Sandbox => _fixture.Sandbox;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task CaptureAsync_Ok_CapturesTheAmount()
    {
        var outcome = await _fixture.CaptureAsync(_key, "tok_ok");

        var captured = Assert.IsType<PaymentOutcome.Captured>(outcome);
        var entry = Assert.Single(await _fixture.Ledger.ReadEntriesAsync(Ct));
        Assert.Equal((_key.Value, LedgerEntryKind.Capture, 200m, "USD"), (entry.PaymentKey, entry.Kind, entry.Amount, entry.Currency));
        Assert.Equal(new PaymentStanding.Captured(captured.Reference), await Sandbox.FindAsync(_key, Ct));
    }

    [Fact]
    public async Task CaptureAsync_SameKeyInParallel_CapturesOnce()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _fixture.CaptureAsync(_key, "tok_ok")));

        Assert.Single(outcomes.Distinct());
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_SameKeyWithAnotherAmount_Throws()
    {
        await _fixture.CaptureAsync(_key, "tok_ok");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Sandbox.CaptureAsync(_key, new(201, "USD"), "tok_ok", Ct));
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_OneOfManyFails_TheOthersAreCaptured()
    {
        await _fixture.CaptureAsync(_key, "tok_ok");
        var keys = Enumerable.Range(0, 20).Select(i => PaymentKey.Of($"other-{i}")).ToList();

        var wrong = Sandbox.CaptureAsync(_key, new(1, "USD"), "tok_ok", Ct);
        var outcomes = await Task.WhenAll(keys.Select(key => _fixture.CaptureAsync(key, "tok_ok")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => wrong);
        Assert.All(outcomes, outcome => Assert.IsType<PaymentOutcome.Captured>(outcome));
        Assert.Equal(21, (await _fixture.KindsAsync()).Count);
    }

    [Fact]
    public async Task CaptureAsync_Decline_DeclinesForGood()
    {
        var declined = new PaymentOutcome.Declined(DeclineReason.CardDeclined);
        Assert.Equal(declined, await _fixture.CaptureAsync(_key, "tok_decline"));
        Assert.Equal(declined, await _fixture.CaptureAsync(_key, "tok_decline"));

        Assert.Equal(new PaymentStanding.Declined(DeclineReason.CardDeclined), await Sandbox.FindAsync(_key, Ct));
        Assert.Empty(await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_UnknownToken_DeclinesWithThatReason() =>
        Assert.Equal(new PaymentOutcome.Declined(DeclineReason.UnknownToken), await _fixture.CaptureAsync(_key, "tok_what"));

    [Fact]
    public async Task CaptureAsync_Slow_AnswersAfterTwoSeconds()
    {
        var capture = _fixture.CaptureAsync(_key, "tok_slow");
        await _fixture.Time.WhenArmedAsync();

        _fixture.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(capture.IsCompleted);
        _fixture.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.IsType<PaymentOutcome.Captured>(await capture);
    }

    [Fact]
    public async Task CaptureAsync_FlakyAcrossARestart_WorksTheThirdTime()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.CaptureAsync(_key, "tok_flaky"));
        await _fixture.RestartAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.CaptureAsync(_key, "tok_flaky"));

        Assert.IsType<PaymentStanding.NotFound>(await Sandbox.FindAsync(_key, Ct));
        Assert.IsType<PaymentOutcome.Captured>(await _fixture.CaptureAsync(_key, "tok_flaky"));
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_TimeoutAfterCapture_CapturesAndNeverAnswers()
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var capture = Sandbox.CaptureAsync(_key, SandboxFixture.Price, "tok_timeout_after_capture", caller.Token);
        await Eventually.TrueAsync(async () => await Sandbox.FindAsync(_key, Ct) is not PaymentStanding.NotFound, Ct);

        Assert.IsType<PaymentStanding.Captured>(await Sandbox.FindAsync(_key, Ct));
        Assert.False(capture.IsCompleted);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => capture);
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_Down_FailsAlwaysAndCapturesNothing()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => _fixture.CaptureAsync(_key, "tok_down"));

        Assert.IsType<PaymentStanding.NotFound>(await Sandbox.FindAsync(_key, Ct));
        Assert.Empty(await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_CancelledKey_IsRefusedAlsoAfterARestart()
    {
        Assert.IsType<PaymentStanding.Cancelled>(await Sandbox.CancelAsync(_key, Ct));
        await _fixture.RestartAsync();

        Assert.Equal(new PaymentOutcome.Declined(DeclineReason.Cancelled), await _fixture.CaptureAsync(_key, "tok_ok"));
        Assert.IsType<PaymentStanding.Cancelled>(await Sandbox.FindAsync(_key, Ct));
        Assert.Empty(await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CancelAsync_Captured_AnswersThatItIsCaptured()
    {
        await _fixture.CaptureAsync(_key, "tok_ok");

        Assert.IsType<PaymentStanding.Captured>(await Sandbox.CancelAsync(_key, Ct));
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task RefundAsync_InParallelAndAgainAfterARestart_RefundsOnce()
    {
        await _fixture.CaptureAsync(_key, "tok_ok");

        var standings = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Sandbox.RefundAsync(_key, Ct)));
        await _fixture.RestartAsync();
        var again = await Sandbox.RefundAsync(_key, Ct);

        Assert.All(standings.Append(again), standing => Assert.IsType<PaymentStanding.Refunded>(standing));
        Assert.Equal([LedgerEntryKind.Capture, LedgerEntryKind.Refund], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task RefundAsync_NothingCaptured_RefundsNothing()
    {
        Assert.IsType<PaymentStanding.NotFound>(await Sandbox.RefundAsync(_key, Ct));
        await _fixture.CaptureAsync(_key, "tok_decline");
        Assert.IsType<PaymentStanding.Declined>(await Sandbox.RefundAsync(_key, Ct));
        Assert.Empty(await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_Refunded_IsNotCapturedAgain()
    {
        await _fixture.CaptureAsync(_key, "tok_ok");
        await Sandbox.RefundAsync(_key, Ct);

        Assert.Equal(new PaymentOutcome.Declined(DeclineReason.Refunded), await _fixture.CaptureAsync(_key, "tok_ok"));
        Assert.Equal([LedgerEntryKind.Capture, LedgerEntryKind.Refund], await _fixture.KindsAsync());
    }
}
