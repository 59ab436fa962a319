using Crescent.Domain;
using Crescent.Domain.Payments;
using Crescent.Providers.Payments.Sandbox;
using Crescent.Testing;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Tests.Payments;

/// <summary>A payment sandbox on a file and a clock that outlive it, so that it can be started again.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    public static readonly Money Price = new(200, "USD");

    private readonly TempFolder _folder = new();

    public SandboxFixture() => (Ledger, Sandbox) = Open();

    public ManualTime Time { get; } = new();

    public PaymentLedger Ledger { get; private set; }

    public PaymentSandbox Sandbox { get; private set; }

    public async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        (Ledger, Sandbox) = Open();
    }

    public Task<PaymentOutcome> CaptureAsync(PaymentKey key, string token) =>
        Sandbox.CaptureAsync(key, Price, token, TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<LedgerEntryKind>> KindsAsync() =>
        [.. (await Ledger.ReadEntriesAsync(TestContext.Current.CancellationToken)).Select(entry => entry.Kind)];

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        _folder.Dispose();
    }

    private (PaymentLedger, PaymentSandbox) Open()
    {
        var options = Options.Create(new PaymentSandboxOptions { LedgerPath = _folder.File("payments.db") });
        var ledger = new PaymentLedger(options, Time);
        return (ledger, new PaymentSandbox(ledger, options, Time));
    }
}
