using Crescent.Domain.Payments;
using Crescent.Providers.Payments.Sandbox;
using Crescent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crescent.Providers.Tests.Payments;

public sealed class LateCaptureTests : IAsyncDisposable
{
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(3);

    private readonly SandboxFixture _fixture = new();
    private readonly PaymentKey _key = PaymentKey.Of("order-1");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task FindAsync_BeforeAndAfterItIsDue_NotFoundThenCaptured()
    {
        Assert.IsType<PaymentOutcome.Unknown>(await _fixture.CaptureAsync(_key, "tok_late_capture"));
        Assert.IsType<PaymentStanding.NotFound>(await _fixture.Sandbox.FindAsync(_key, Ct));

        _fixture.Time.Advance(s_late);

        Assert.IsType<PaymentStanding.Captured>(await _fixture.Sandbox.FindAsync(_key, Ct));
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CaptureAsync_RepeatedBeforeItIsDue_DoesNotPostponeIt()
    {
        await _fixture.CaptureAsync(_key, "tok_late_capture");
        _fixture.Time.Advance(s_late / 2);
        Assert.IsType<PaymentOutcome.Unknown>(await _fixture.CaptureAsync(_key, "tok_late_capture"));
        _fixture.Time.Advance(s_late / 2);

        Assert.IsType<PaymentOutcome.Captured>(await _fixture.CaptureAsync(_key, "tok_late_capture"));
    }

    [Fact]
    public async Task CancelAsync_BeforeItIsDue_NeverCaptures()
    {
        await _fixture.CaptureAsync(_key, "tok_late_capture");
        Assert.IsType<PaymentStanding.Cancelled>(await _fixture.Sandbox.CancelAsync(_key, Ct));
        _fixture.Time.Advance(s_late * 2);

        Assert.IsType<PaymentStanding.Cancelled>(await _fixture.Sandbox.FindAsync(_key, Ct));
        Assert.Empty(await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CancelAsync_WhenItIsDue_AnswersThatItIsCaptured()
    {
        await _fixture.CaptureAsync(_key, "tok_late_capture");
        _fixture.Time.Advance(s_late);

        Assert.IsType<PaymentStanding.Captured>(await _fixture.Sandbox.CancelAsync(_key, Ct));
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }

    [Fact]
    public async Task CancelAsync_RacingWithTheLateCapture_LeavesWhatItAnswered()
    {
        var keys = Enumerable.Range(0, 50).Select(i => PaymentKey.Of($"order-{i}")).ToList();
        foreach (var key in keys)
            await _fixture.CaptureAsync(key, "tok_late_capture");

        var settling = Task.Run(async () =>
        {
            _fixture.Time.Advance(s_late);
            await _fixture.Ledger.SettleAsync(Ct);
        }, Ct);
        var answers = await Task.WhenAll(keys.Select(key => _fixture.Sandbox.CancelAsync(key, Ct)));
        await settling;

        Assert.Equal(answers.Count(answer => answer is PaymentStanding.Captured), (await _fixture.KindsAsync()).Count);
        for (var i = 0; i < keys.Count; i++)
            Assert.Equal(answers[i], await _fixture.Sandbox.FindAsync(keys[i], Ct));
    }

    [Fact]
    public async Task LateCaptureService_NobodyAsks_CapturesWhenDue()
    {
        using var service = new LateCaptureService(_fixture.Ledger, _fixture.Time, NullLogger<LateCaptureService>.Instance);
        await service.StartAsync(Ct);
        await _fixture.CaptureAsync(_key, "tok_late_capture");
        await _fixture.Time.WhenArmedAsync();
        _fixture.Time.Advance(s_late);

        await Eventually.TrueAsync(async () => (await _fixture.KindsAsync()).Count > 0, Ct);

        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
        await service.StopAsync(Ct);
    }

    [Fact]
    public async Task LateCaptureService_AfterARestart_CapturesWhatAnEarlierProcessLeft()
    {
        await _fixture.CaptureAsync(_key, "tok_late_capture");
        await _fixture.RestartAsync();
        _fixture.Time.Advance(s_late);

        using var service = new LateCaptureService(_fixture.Ledger, _fixture.Time, NullLogger<LateCaptureService>.Instance);
        await service.StartAsync(Ct);
        await Eventually.TrueAsync(async () => (await _fixture.KindsAsync()).Count > 0, Ct);

        await service.StopAsync(Ct);
        Assert.Equal([LedgerEntryKind.Capture], await _fixture.KindsAsync());
    }
}
