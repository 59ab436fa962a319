namespace Crescent.Domain.Payments;

public abstract record PaymentEvent : IDomainEvent
{
    PaymentEvent()
    {
    }

    public sealed record Requested(string OrderId, Money Amount, string Provider, DateTimeOffset At) : PaymentEvent;

    public sealed record Captured(string OrderId, Money Amount, string Reference, DateTimeOffset At) : PaymentEvent;

    public sealed record Declined(string OrderId, string Reason, DateTimeOffset At) : PaymentEvent;

    public sealed record Refunded(string OrderId, Money Amount, string Reference, DateTimeOffset At) : PaymentEvent;

    /// <summary>No money was taken, and none will be: the provider refuses the key from now on.</summary>
    public sealed record Cancelled(string OrderId, DateTimeOffset At) : PaymentEvent;
}

public enum PaymentStatus
{
    None,
    Requested,
    Captured,
    Declined,
    Refunded,
    Cancelled,
}

public sealed record Payment
{
    public static Payment Initial { get; } = new();

    public string OrderId { get; init; } = "";

    public PaymentStatus Status { get; init; }

    /// <summary>Null until it is requested; stays null if it is cancelled before.</summary>
    public Money? Amount { get; init; }

    public string? Provider { get; init; }

    /// <summary>The provider's own name of the capture.</summary>
    public string? Reference { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public Payment Evolve(PaymentEvent happened) => (Status, happened) switch
    {
        (PaymentStatus.None, PaymentEvent.Requested e) => new Payment
        {
            OrderId = e.OrderId,
            Status = PaymentStatus.Requested,
            Amount = e.Amount,
            Provider = e.Provider,
            UpdatedAt = e.At,
        },
        (PaymentStatus.Requested, PaymentEvent.Captured e) when e.Amount == Amount =>
            this with { Status = PaymentStatus.Captured, Reference = e.Reference, UpdatedAt = e.At },
        (PaymentStatus.Requested, PaymentEvent.Declined e) =>
            this with { Status = PaymentStatus.Declined, Reason = e.Reason, UpdatedAt = e.At },
        (PaymentStatus.Captured, PaymentEvent.Refunded e) when e.Amount == Amount =>
            this with { Status = PaymentStatus.Refunded, UpdatedAt = e.At },
        (PaymentStatus.None or PaymentStatus.Requested, PaymentEvent.Cancelled e) =>
            this with { OrderId = e.OrderId, Status = PaymentStatus.Cancelled, UpdatedAt = e.At },
        _ => throw new ImpossibleEventException(nameof(Payment), Status, happened),
    };
}
