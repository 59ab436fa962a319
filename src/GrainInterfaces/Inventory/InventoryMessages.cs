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
/// <param name="Price">The new price of one unit, or null.</param>
/// <param name="Currency">The new currency, or null.</param>
/// <param name="ExpectedVersion">The version the change was based on, or null for whichever.</param>
[GenerateSerializer, Immutable, Alias("crescent.UpdateProduct")]
public sealed record UpdateProduct(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string? Name, [property: Id(2)] decimal? Price,
    [property: Id(3)] string? Currency = null, [property: Id(4)] int? ExpectedVersion = null);

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
/// <param name="ExpiresAt">Until when; the same however often the reservation is repeated.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReserveStock")]
public sealed record ReserveStock(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId, [property: Id(2)] int Quantity, [property: Id(3)] DateTimeOffset ExpiresAt);

/// <summary>Gives an order's units back.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="OrderId">The order they were, or would be, held for.</param>
/// <param name="RefuseUntil">When the order's reservation expires, or would have; from then on a late one refuses itself.</param>
/// <param name="CommitCommandId">The command that may have taken the units out of the stock; they come back then.</param>
[GenerateSerializer, Immutable, Alias("crescent.ReleaseStock")]
public sealed record ReleaseStock(
    [property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId, [property: Id(2)] DateTimeOffset RefuseUntil,
    [property: Id(3)] Guid CommitCommandId);

/// <summary>Takes an order's units out of the stock.</summary>
/// <param name="CommandId">Same id, same command.</param>
/// <param name="OrderId">The order they are held for.</param>
[GenerateSerializer, Immutable, Alias("crescent.CommitStock")]
public sealed record CommitStock([property: Id(0)] Guid CommandId, [property: Id(1)] string OrderId);

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

    /// <summary>The price is negative or beyond all measure.</summary>
    InvalidPrice = 4,

    /// <summary>The currency is not one of ISO 4217.</summary>
    UnknownCurrency = 5,

    /// <summary>The price has more decimals than its currency.</summary>
    TooManyDecimals = 6,

    /// <summary>The quantity is not one that makes sense here.</summary>
    InvalidQuantity = 7,

    /// <summary>The stock would grow beyond what a product may have.</summary>
    TooMuch = 8,

    /// <summary>The reason for the correction is missing or too long.</summary>
    InvalidReason = 9,

    /// <summary>The correction would take away units that are reserved or not there.</summary>
    BelowZero = 10,

    /// <summary>Fewer units are available than asked for.</summary>
    OutOfStock = 11,

    /// <summary>The order holds a reservation of another quantity.</summary>
    DifferentQuantity = 12,

    /// <summary>The order's units were released before; what comes late is refused.</summary>
    Released = 13,

    /// <summary>The order's units have left the stock already.</summary>
    AlreadyCommitted = 14,

    /// <summary>The reservation expired, or would have, and its units are gone.</summary>
    ReservationExpired = 15,

    /// <summary>The product has changed since the version the caller knows.</summary>
    VersionMismatch = 16,
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
    [property: Id(4)] long OnHand, [property: Id(5)] long Available, [property: Id(6)] long Reserved, [property: Id(7)] int Version);
