using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Payments;

/// <summary>The payment of one order. Key: the order id. At most one call to the provider is in flight.</summary>
[Alias("crescent.IPaymentGrain")]
public interface IPaymentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes the money, once, whatever how often it is called. After an unknown outcome the provider is asked what stands
    /// before anything is tried again.
    /// </summary>
    [Alias("Capture")]
    Task<PaymentResult> Capture(CapturePayment command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes sure that no money stays taken: cancels the key at the provider, which then refuses a late capture, and gives
    /// back what was captured. Valid before the capture was asked for.
    /// </summary>
    [Alias("Undo")]
    Task<PaymentResult> Undo(UndoPayment command, CancellationToken cancellationToken = default);

    /// <summary>The payment as it is now; null if there is none or it is none of the caller's business.</summary>
    [Alias("Get"), ReadOnly]
    Task<PaymentView?> Get(Caller caller, CancellationToken cancellationToken = default);
}

/// <summary>Takes the money for an order.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="UserId">Who pays.</param>
/// <param name="Amount">How much, in units of the currency.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Token">What the buyer pays with.</param>
[GenerateSerializer, Immutable, Alias("crescent.CapturePayment")]
public sealed record CapturePayment(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string UserId, [property: Id(2)] decimal Amount,
    [property: Id(3)] string Currency, [property: Id(4)] string Token);

/// <summary>Undoes whatever was taken for an order.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("crescent.UndoPayment")]
public sealed record UndoPayment([property: Id(0)] Guid CommandId, [property: Id(1)] string Reason);

/// <summary>What stands after a call to <see cref="IPaymentGrain"/>.</summary>
[GenerateSerializer, Alias("crescent.PaymentOutcomeKind")]
public enum PaymentOutcomeKind
{
    /// <summary>Money may have been taken, and the provider can't be asked.</summary>
    Unknown = 0,

    /// <summary>The money is taken.</summary>
    Captured = 1,

    /// <summary>The provider refused, for good.</summary>
    Declined = 2,

    /// <summary>The money was taken and is given back.</summary>
    Refunded = 3,

    /// <summary>No money was taken, and none will be.</summary>
    Cancelled = 4,

    /// <summary>The provider gave no outcome and, asked, knows of none: trying again is safe, and so is undoing.</summary>
    NotYet = 5,
}

/// <summary>The answer to a payment command.</summary>
/// <param name="Kind">What stands.</param>
/// <param name="Detail">Why it was declined, or why nothing is known; null otherwise.</param>
/// <param name="Reference">The provider's own name of the payment, if there is one.</param>
[GenerateSerializer, Immutable, Alias("crescent.PaymentResult")]
public sealed record PaymentResult([property: Id(0)] PaymentOutcomeKind Kind, [property: Id(1)] string? Detail = null, [property: Id(2)] string? Reference = null);

/// <summary>Where a payment is.</summary>
[GenerateSerializer, Alias("crescent.PaymentStatus")]
public enum PaymentStatus
{
    /// <summary>Asked for; the outcome is open.</summary>
    Pending = 0,

    /// <summary>Captured.</summary>
    Completed = 1,

    /// <summary>Refused by the provider.</summary>
    Declined = 2,

    /// <summary>Captured and given back.</summary>
    Refunded = 3,

    /// <summary>Cancelled before any money was taken.</summary>
    Cancelled = 4,
}

/// <summary>A payment as it is at a version.</summary>
/// <param name="OrderId">The order paid.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Amount">How much, in units of the currency.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Provider">Which provider.</param>
/// <param name="Reference">The provider's own name of the payment, if there is one.</param>
/// <param name="Reason">Why it was declined, or null.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.PaymentView")]
public sealed record PaymentView(
    [property: Id(0)] string OrderId, [property: Id(1)] PaymentStatus Status, [property: Id(2)] decimal Amount, [property: Id(3)] string Currency,
    [property: Id(4)] string Provider, [property: Id(5)] string? Reference, [property: Id(6)] string? Reason, [property: Id(7)] int Version);
