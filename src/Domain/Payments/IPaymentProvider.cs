namespace Crescent.Domain.Payments;

/// <summary>
/// Whoever takes the money. A timeout or an exception of a call means that its outcome is unknown; the key tells later
/// what it was.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>Stored with the payment and shown with it.</summary>
    string Name { get; }

    /// <summary>Takes the amount, once per key however often it is called.</summary>
    Task<PaymentOutcome> CaptureAsync(PaymentKey key, Money amount, string token, CancellationToken ct = default);

    Task<PaymentStanding> FindAsync(PaymentKey key, CancellationToken ct = default);

    /// <summary>From then on a capture with this key is refused. Answers what stands; it may have been captured before.</summary>
    Task<PaymentStanding> CancelAsync(PaymentKey key, CancellationToken ct = default);

    /// <summary>Gives back what was captured with the key. Answers what stands.</summary>
    Task<PaymentStanding> RefundAsync(PaymentKey key, CancellationToken ct = default);
}

/// <summary>The provider's idempotency key.</summary>
public readonly record struct PaymentKey(string Value)
{
    public static PaymentKey Of(string orderId) => new(DerivedId.From("payment", orderId).ToString("N"));

    public override string ToString() => Value;
}

public abstract record PaymentOutcome
{
    PaymentOutcome()
    {
    }

    public sealed record Captured(string Reference) : PaymentOutcome;

    public sealed record Declined(string Reason) : PaymentOutcome;

    public sealed record Unknown : PaymentOutcome;
}

/// <summary>What a provider knows of a key.</summary>
public abstract record PaymentStanding
{
    PaymentStanding()
    {
    }

    public sealed record NotFound : PaymentStanding;

    public sealed record Captured(string Reference) : PaymentStanding;

    public sealed record Declined(string Reason) : PaymentStanding;

    public sealed record Refunded(string Reference) : PaymentStanding;

    public sealed record Cancelled : PaymentStanding;
}
