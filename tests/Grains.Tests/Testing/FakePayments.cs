using System.Collections.Concurrent;
using Crescent.Domain;
using Crescent.Domain.Payments;

namespace Crescent.Grains.Tests.Testing;

/// <summary>A payment provider in memory. A token behaves as the test says; any other is captured at once.</summary>
sealed class FakePayments : IPaymentProvider
{
    readonly ConcurrentDictionary<PaymentKey, PaymentStanding> _standings = new();
    readonly ConcurrentDictionary<PaymentKey, int> _attempts = new();
    int _inFlight;

    public string Name => "fake";

    /// <summary>What a capture with a token does, given which attempt it is, from 1, and a way to capture.</summary>
    public ConcurrentDictionary<string, Func<int, Func<PaymentOutcome>, CancellationToken, Task<PaymentOutcome>>> Tokens { get; } = new();

    /// <summary>Awaited before each answer to Find and Cancel; may throw.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public int Captures => _captured;

    public int Refunds => _refunded;

    public int MostInFlight { get; private set; }

    int _captured;
    int _refunded;

    public PaymentStanding StandingOf(string orderId) => _standings.GetValueOrDefault(PaymentKey.Of(orderId), new PaymentStanding.NotFound());

    public async Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default)
    {
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            var attempt = _attempts.AddOrUpdate(key, 1, (_, n) => n + 1);
            return Tokens.TryGetValue(token, out var behave) ? await behave(attempt, () => Capture(key), ct) : Capture(key);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    public async Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default)
    {
        if (BeforeAnswer is { } before) await before();
        return _standings.GetValueOrDefault(key, new PaymentStanding.NotFound());
    }

    public async Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default)
    {
        if (BeforeAnswer is { } before) await before();
        return _standings.GetOrAdd(key, new PaymentStanding.Cancelled());
    }

    public Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default)
    {
        if (_standings.TryGetValue(key, out var standing) && standing is PaymentStanding.Captured captured
            && _standings.TryUpdate(key, new PaymentStanding.Refunded(captured.Reference), standing)) Interlocked.Increment(ref _refunded);
        return Task.FromResult(_standings[key]);
    }

    PaymentOutcome Capture(PaymentKey key)
    {
        if (_standings.TryAdd(key, new PaymentStanding.Captured(key.Value))) Interlocked.Increment(ref _captured);
        return _standings[key] switch
        {
            PaymentStanding.Captured captured => new PaymentOutcome.Captured(captured.Reference),
            _ => new PaymentOutcome.Declined("cancelled"),
        };
    }
}
