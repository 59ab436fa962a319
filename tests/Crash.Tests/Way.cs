namespace Crash.Tests;

/// <summary>One way an order can go, and what must stand at its end.</summary>
/// <param name="Name">Part of the idempotency keys.</param>
/// <param name="PaymentToken">What the sandbox provider reacts to.</param>
/// <param name="Country">Where the parcel goes; the sandbox carrier does not serve every country.</param>
/// <param name="OrderStatus">How the order ends.</param>
/// <param name="PaymentStatus">What <c>/payment</c> says then.</param>
/// <param name="UnitsSold">By how much the stock falls.</param>
/// <param name="Captures">Entries of that kind in the provider's ledger.</param>
/// <param name="Refunds">Entries of that kind in the provider's ledger.</param>
/// <param name="Mails">Mails that the order causes.</param>
public sealed record Way(
    string Name, string PaymentToken, string Country, string OrderStatus, string PaymentStatus, int UnitsSold, int Captures, int Refunds, int Mails)
{
    public const int Quantity = 2;

    public static Way Successful { get; } = new("successful", "tok_ok", "DE", "completed", "completed", Quantity, 1, 0, 1);

    public static Way Declined { get; } = new("declined", "tok_decline", "DE", "rejected", "declined", 0, 0, 0, 0);

    /// <summary>Paid for, and then no carrier takes it: refunded, and the stock is free again.</summary>
    public static Way Compensated { get; } = new("compensated", "tok_ok", CountryNotServed, "rejected", "refunded", 0, 1, 1, 0);

    private const string CountryNotServed = "ZZ";
}
