namespace Crescent.Providers.Payments.Sandbox;

/// <summary>What the sandbox knows of one idempotency key, and every way in which that can change.</summary>
/// <param name="Attempts">How often a capture was asked for, answered or not.</param>
/// <param name="CaptureDue">When a late capture takes the money, unless it is cancelled before.</param>
internal sealed record LedgerPayment(
    string Key,
    LedgerState State = LedgerState.Open,
    decimal? Amount = null,
    string? Currency = null,
    string? Token = null,
    int Attempts = 0,
    string? Reason = null,
    DateTimeOffset? CaptureDue = null)
{
    /// <exception cref="InvalidOperationException">The key was used for something else before.</exception>
    public LedgerPayment Attempt(decimal amount, string currency, string token)
    {
        if (Amount is not null && (Amount != amount || Currency != currency || Token != token))
            throw new InvalidOperationException($"The payment key '{Key}' was used before with another amount, currency or token.");
        return State == LedgerState.Cancelled
            ? this
            : this with { Amount = amount, Currency = currency, Token = token, Attempts = Attempts + 1 };
    }

    public LedgerPayment Capture() => State is LedgerState.Open or LedgerState.Late
        ? this with { State = LedgerState.Captured, CaptureDue = null }
        : this;

    public LedgerPayment CaptureLater(DateTimeOffset due) => State == LedgerState.Open
        ? this with { State = LedgerState.Late, CaptureDue = due }
        : this;

    public LedgerPayment CaptureIfDue(DateTimeOffset now) => CaptureDue <= now ? Capture() : this;

    public LedgerPayment Decline(string reason) => State == LedgerState.Open
        ? this with { State = LedgerState.Declined, Reason = reason }
        : this;

    /// <summary>Refuses every capture from now on; what is captured stays captured.</summary>
    public LedgerPayment Cancel() => State is LedgerState.Open or LedgerState.Late
        ? this with { State = LedgerState.Cancelled, CaptureDue = null }
        : this;

    public LedgerPayment Refund() => State == LedgerState.Captured ? this with { State = LedgerState.Refunded } : this;
}

internal enum LedgerState
{
    /// <summary>Asked for, nothing taken.</summary>
    Open,

    /// <summary>Will be captured when it is due.</summary>
    Late,
    Captured,
    Declined,

    /// <summary>Refuses every capture.</summary>
    Cancelled,
    Refunded,
}
