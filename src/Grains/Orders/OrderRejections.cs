using Crescent.Domain.Orders;
using Crescent.GrainInterfaces.Orders;
using Crescent.Grains.EventSourcing;
using Refusal = Crescent.Grains.EventSourcing.Refusal<Crescent.GrainInterfaces.Orders.OrderRejectionReason>;

namespace Crescent.Grains.Orders;

/// <summary>The domain's rejections of commands on an order, in the words of the contract.</summary>
static class OrderRejections
{
    public static readonly Refusal NotFound = (OrderRejectionReason.NotFound, "There is no such order.");
    public static readonly Refusal InProgress = (OrderRejectionReason.RequestInProgress, "The first request with this key is still being decided.");
    static readonly Refusal NoItems = (OrderRejectionReason.NoItems, "An order names at least one product.");
    static readonly Refusal TooManyItems = (OrderRejectionReason.TooManyItems, $"An order has at most {OrderDecider.MaxItems} lines.");
    static readonly Refusal InvalidQuantity = (OrderRejectionReason.InvalidQuantity, $"A quantity is from 1 to {OrderDecider.MaxQuantity}.");
    static readonly Refusal UnknownUser = (OrderRejectionReason.UnknownUser, "There is no such user.");
    static readonly Refusal InactiveUser = (OrderRejectionReason.InactiveUser, "The user was deactivated.");
    static readonly Refusal UnknownProduct = (OrderRejectionReason.UnknownProduct, "The order names a product that does not exist.");
    static readonly Refusal MixedCurrencies = (OrderRejectionReason.MixedCurrencies, "The products' prices are in different currencies.");
    static readonly Refusal MissingPaymentToken = (OrderRejectionReason.MissingPaymentToken, "There is no payment token.");
    static readonly Refusal InvalidAddress =
        (OrderRejectionReason.InvalidAddress, $"Each field of an address has 1 to {OrderDecider.MaxAddressField} characters.");
    static readonly Refusal KeyReused = (OrderRejectionReason.IdempotencyKeyReused, "This key was used before for an order that asked for something else.");
    static readonly Refusal AlreadyShipped = (OrderRejectionReason.AlreadyShipped, "The order has shipped.");
    static readonly Refusal AlreadyEnded = (OrderRejectionReason.AlreadyEnded, "The order has ended.");
    static readonly Refusal NotPossibleNow = (OrderRejectionReason.NotPossibleNow, "The order can't make this move from where it is.");

    public static Refusal Describe(PlaceOrderRejection rejection) => rejection switch
    {
        PlaceOrderRejection.NoItems => NoItems,
        PlaceOrderRejection.TooManyItems => TooManyItems,
        PlaceOrderRejection.InvalidQuantity => InvalidQuantity,
        PlaceOrderRejection.UnknownUser => UnknownUser,
        PlaceOrderRejection.InactiveUser => InactiveUser,
        PlaceOrderRejection.UnknownProduct => UnknownProduct,
        PlaceOrderRejection.MixedCurrencies => MixedCurrencies,
        PlaceOrderRejection.MissingPaymentToken => MissingPaymentToken,
        PlaceOrderRejection.InvalidAddress => InvalidAddress,
        PlaceOrderRejection.OtherBody => KeyReused,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ConfirmOrderRejection rejection) => rejection switch
    {
        ConfirmOrderRejection.NotFound => NotFound,
        ConfirmOrderRejection.Cancelling => NotPossibleNow,
        ConfirmOrderRejection.Ended => AlreadyEnded,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ShipOrderRejection rejection) => rejection switch
    {
        ShipOrderRejection.NotFound => NotFound,
        ShipOrderRejection.NotConfirmed or ShipOrderRejection.Cancelling => NotPossibleNow,
        ShipOrderRejection.Ended => AlreadyEnded,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(CompleteOrderRejection rejection) => rejection switch
    {
        CompleteOrderRejection.NotFound => NotFound,
        CompleteOrderRejection.NotShipped => NotPossibleNow,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(RejectOrderRejection rejection) => rejection switch
    {
        RejectOrderRejection.NotFound => NotFound,
        RejectOrderRejection.AlreadyShipped => AlreadyShipped,
        RejectOrderRejection.AlreadyCancelled => AlreadyEnded,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(RequestCancellationRejection rejection) => rejection switch
    {
        RequestCancellationRejection.NotFound => NotFound,
        RequestCancellationRejection.AlreadyShipped => AlreadyShipped,
        RequestCancellationRejection.AlreadyRejected => AlreadyEnded,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(FinishCancellationRejection rejection) => rejection switch
    {
        FinishCancellationRejection.NotFound => NotFound,
        FinishCancellationRejection.NotCancelling => NotPossibleNow,
        _ => throw new UnmappedRejectionException(rejection),
    };
}
