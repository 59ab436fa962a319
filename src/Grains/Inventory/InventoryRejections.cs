using Crescent.Domain.Inventory;
using Crescent.GrainInterfaces.Inventory;
using Crescent.Grains.EventSourcing;
using Refusal = Crescent.Grains.EventSourcing.Refusal<Crescent.GrainInterfaces.Inventory.InventoryRejectionReason>;

namespace Crescent.Grains.Inventory;

/// <summary>The domain's rejections of commands on a product, in the words of the contract.</summary>
static class InventoryRejections
{
    static readonly Refusal NotFound = (InventoryRejectionReason.NotFound, "There is no such product.");
    static readonly Refusal AlreadyExists = (InventoryRejectionReason.AlreadyExists, "There is another product with this id.");
    static readonly Refusal InvalidName =
        (InventoryRejectionReason.InvalidName, $"A name has 1 to {InventoryDecider.MaxNameLength} characters and no control characters.");
    static readonly Refusal InvalidPrice = (InventoryRejectionReason.InvalidPrice, $"A price is from 0 to {InventoryDecider.MaxPrice}.");
    static readonly Refusal UnknownCurrency = (InventoryRejectionReason.UnknownCurrency, "The currency is not one of ISO 4217.");
    static readonly Refusal TooManyDecimals = (InventoryRejectionReason.TooManyDecimals, "The price has more decimals than its currency.");
    static readonly Refusal InvalidStock = (InventoryRejectionReason.InvalidQuantity, $"A first stock is from 0 to {InventoryDecider.MaxOnHand}.");
    static readonly Refusal InvalidQuantity = (InventoryRejectionReason.InvalidQuantity, "The quantity must be 1 or more.");
    static readonly Refusal TooMuch = (InventoryRejectionReason.TooMuch, $"A product has at most {InventoryDecider.MaxOnHand} units on hand.");
    static readonly Refusal InvalidReason =
        (InventoryRejectionReason.InvalidReason, $"A correction needs a reason of 1 to {InventoryDecider.MaxNameLength} characters.");
    static readonly Refusal BelowZero = (InventoryRejectionReason.BelowZero, "Fewer units are available than the correction takes away.");
    static readonly Refusal OutOfStock = (InventoryRejectionReason.OutOfStock, "Fewer units are available than asked for.");
    static readonly Refusal DifferentQuantity = (InventoryRejectionReason.DifferentQuantity, "The order holds a reservation of another quantity.");
    static readonly Refusal Released = (InventoryRejectionReason.Released, "The order's units were given back before.");
    static readonly Refusal AlreadyCommitted = (InventoryRejectionReason.AlreadyCommitted, "The order's units have left the stock already.");
    static readonly Refusal ReservationExpired = (InventoryRejectionReason.ReservationExpired, "The reservation has expired and its units are gone.");

    public static Refusal Describe(CreateProductRejection rejection) => rejection switch
    {
        CreateProductRejection.InvalidName => InvalidName,
        CreateProductRejection.InvalidPrice => InvalidPrice,
        CreateProductRejection.InvalidStock => InvalidStock,
        CreateProductRejection.UnknownCurrency => UnknownCurrency,
        CreateProductRejection.TooManyDecimals => TooManyDecimals,
        CreateProductRejection.AlreadyExists => AlreadyExists,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(UpdateProductRejection rejection) => rejection switch
    {
        UpdateProductRejection.NotFound => NotFound,
        UpdateProductRejection.InvalidName => InvalidName,
        UpdateProductRejection.InvalidPrice => InvalidPrice,
        UpdateProductRejection.UnknownCurrency => UnknownCurrency,
        UpdateProductRejection.TooManyDecimals => TooManyDecimals,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ReceiveStockRejection rejection) => rejection switch
    {
        ReceiveStockRejection.NotFound => NotFound,
        ReceiveStockRejection.InvalidQuantity => InvalidQuantity,
        ReceiveStockRejection.TooMuch => TooMuch,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(AdjustStockRejection rejection) => rejection switch
    {
        AdjustStockRejection.NotFound => NotFound,
        AdjustStockRejection.InvalidReason => InvalidReason,
        AdjustStockRejection.BelowZero => BelowZero,
        AdjustStockRejection.TooMuch => TooMuch,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ReserveStockRejection rejection) => rejection switch
    {
        ReserveStockRejection.NotFound => NotFound,
        ReserveStockRejection.InvalidQuantity => InvalidQuantity,
        ReserveStockRejection.OutOfStock => OutOfStock,
        ReserveStockRejection.DifferentQuantity => DifferentQuantity,
        ReserveStockRejection.Released => Released,
        ReserveStockRejection.AlreadyCommitted => AlreadyCommitted,
        ReserveStockRejection.ReservationExpired => ReservationExpired,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ReleaseStockRejection rejection) => throw new UnmappedRejectionException(rejection);

    public static Refusal Describe(CommitStockRejection rejection) => rejection switch
    {
        CommitStockRejection.NotFound => NotFound,
        CommitStockRejection.Released => Released,
        CommitStockRejection.ReservationExpired => ReservationExpired,
        _ => throw new UnmappedRejectionException(rejection),
    };

    public static Refusal Describe(ExpireReservationsRejection rejection) => throw new UnmappedRejectionException(rejection);
}
