namespace Crescent.Domain.Orders;

/// <summary>Why an accepted order comes to nothing. The names are stored.</summary>
public enum OrderFailure
{
    UserNotFound,
    UserInactive,
    ProductNotFound,
    PriceChanged,
    OutOfStock,
    ReservationExpired,
    PaymentDeclined,

    /// <summary>The provider could not be reached for as long as the step may take; nothing is charged.</summary>
    PaymentUnavailable,

    /// <summary>Nobody could say whether the payment was captured.</summary>
    PaymentUnknown,
    ShipmentRefused,
    ShipmentUnavailable,
    NotificationFailed,

    /// <summary>The buyer cancelled.</summary>
    Cancelled,

    /// <summary>A part of this system could not be reached for as long as the step may take.</summary>
    Unavailable,

    /// <summary>An operator gave it up.</summary>
    Abandoned,
}
