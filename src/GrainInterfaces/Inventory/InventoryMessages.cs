using Orleans.Concurrency;

namespace Crescent.GrainInterfaces.Inventory;

/// <summary>Puts a product into the catalogue.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Price">Price of one unit, in units of the currency.</param>
/// <param name="Currency">ISO 4217 code; the price may not have more decimals than it has.</param>
/// <param name="Stock">Units on hand from the start, 0 or more.</param>
[GenerateSerializer, Immutable, Alias("crescent.CreateProduct")]
public sealed record CreateProduct(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string Name, [property: Id(2)] decimal Price,
    [property: Id(3)] string Currency, [property: Id(4)] int Stock);

/// <summary>Changes a product; what is null stays as it is.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Name">The new name, or null.</param>
/// <param name="Price">The new price of one unit in the product's currency, or null.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.UpdateProduct")]
public sealed record UpdateProduct(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string? Name, [property: Id(2)] decimal? Price, [property: Id(3)] int? ExpectedVersion = null);

/// <summary>Adds delivered units.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="Quantity">Units, 1 or more.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReceiveStock")]
public sealed record ReceiveStock([property: Id(0)] Guid CommandId, [property: Id(1)] int Quantity, [property: Id(2)] int? ExpectedVersion = null);

/// <summary>Corrects the stock.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="By">Units to add, or to take away when negative; not 0.</param>
/// <param name="Reason">Why, for whoever reads the log.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.AdjustStock")]
public sealed record AdjustStock(
    [property: Id(0)] Guid CommandId, [property: Id(1)] int By, [property: Id(2)] string Reason, [property: Id(3)] int? ExpectedVersion = null);

/// <summary>Holds units for an order.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="OrderId">The order they are held for.</param>
/// <param name="Quantity">Units of all the order's lines of this product together.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReserveStock")]
public sealed record ReserveStock([property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId, [property: Id(2)] int Quantity);

/// <summary>Gives an order's units back.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="OrderId">The order they were, or would be, held for.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReleaseStock")]
public sealed record ReleaseStock([property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId);

/// <summary>Takes an order's units out of the stock.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="OrderId">The order they are held for.</param>
/// <param name="Quantity">Units of all the order's lines of this product together.</param>
[GenerateSerializer, Immutable, Alias("crescent.CommitStock")]
public sealed record CommitStock([property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId, [property: Id(2)] int Quantity);

/// <summary>Why a command on a product was rejected.</summary>
[GenerateSerializer, Alias("crescent.InventoryRejectionReason")]
public enum InventoryRejectionReason
{
    /// <summary>There is no such product.</summary>
    NotFound = 1,

    /// <summary>The id is already another product's.</summary>
    AlreadyExists = 2,

    /// <summary>The name is empty or too long.</summary>
    InvalidName = 3,

    /// <summary>The price is negative, or has more decimals than its currency.</summary>
    InvalidPrice = 4,

    /// <summary>The quantity is not one that makes sense here.</summary>
    InvalidQuantity = 5,

    /// <summary>Fewer units are available than asked for.</summary>
    OutOfStock = 6,

    /// <summary>The correction would take away units that are reserved or not there.</summary>
    BelowReserved = 7,

    /// <summary>The order's units were released before; a late reservation is refused.</summary>
    ReservationReleased = 8,

    /// <summary>The reservation expired and its units are gone.</summary>
    ReservationExpired = 9,

    /// <summary>Nothing was reserved for the order.</summary>
    NotReserved = 10,

    /// <summary>The order's units were committed before and can't be released.</summary>
    AlreadyCommitted = 11,

    /// <summary>The product has changed since the version the caller knows.</summary>
    VersionMismatch = 12,

    /// <summary>The reason for the correction is missing or too long.</summary>
    InvalidReason = 13,
}

/// <summary>A product as it is at a version.</summary>
/// <param name="Id">Product id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Price">Price of one unit.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OnHand">Units in the house: available + reserved.</param>
/// <param name="Available">Units that may be reserved.</param>
/// <param name="Reserved">Units held for orders.</param>
/// <param name="Version">Version of the aggregate shown.</param>
[GenerateSerializer, Immutable, Alias("crescent.ProductView")]
public sealed record ProductView(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] decimal Price, [property: Id(3)] string Currency,
    [property: Id(4)] int OnHand, [property: Id(5)] int Available, [property: Id(6)] int Reserved, [property: Id(7)] int Version);
