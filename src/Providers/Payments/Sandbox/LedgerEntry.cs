namespace Crescent.Providers.Payments.Sandbox;

/// <summary>One movement of money, as the ledger keeps it for ever.</summary>
public sealed record LedgerEntry(long Number, string PaymentKey, LedgerEntryKind Kind, decimal Amount, string Currency, DateTimeOffset RecordedAt);

public enum LedgerEntryKind { Capture, Refund }
