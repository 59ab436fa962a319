using System.ComponentModel.DataAnnotations;
using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces.Inventory;
using Crescent.ReadModels.Products;

namespace Crescent.ApiHost.Products;

/// <summary>Puts a product into the catalogue.</summary>
internal sealed record CreateProductBody
{
    /// <summary>What it is called.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Price of one unit, with no more decimals than the currency has.</summary>
    public required decimal Price { get; init; }

    /// <summary>ISO 4217 code.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be an ISO 4217 code such as USD")]
    public required string Currency { get; init; }

    /// <summary>Units on hand from the start.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "must not be negative")]
    public int Stock { get; init; }
}

/// <summary>Changes a product; what is left out stays as it is.</summary>
internal sealed record UpdateProductBody : IChecked
{
    /// <summary>The new name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Name { get; init; }

    /// <summary>The new price of one unit.</summary>
    public decimal? Price { get; init; }

    /// <summary>The currency of the new price; left out, it stays as it is.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be an ISO 4217 code such as USD")]
    public string? Currency { get; init; }

    public void Check(FieldErrors errors)
    {
        if (Name is null && Price is null)
            errors.Add("body", "must change at least one of name, price");
        if (Currency is not null && Price is null)
            errors.Add("price", "is required with currency");
    }
}

/// <summary>Either a delivery or a correction.</summary>
internal sealed record ChangeStockBody : IChecked
{
    /// <summary>Units delivered.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "must be at least 1")]
    public int? Received { get; init; }

    /// <summary>Units to add, or to take away when negative.</summary>
    [DeniedValues(0, ErrorMessage = "must not be 0")]
    public int? AdjustBy { get; init; }

    /// <summary>Why the stock is corrected.</summary>
    [StringLength(500, MinimumLength = 1)]
    public string? Reason { get; init; }

    public void Check(FieldErrors errors)
    {
        if (Received is null == AdjustBy is null)
            errors.Add("received", "exactly one of received and adjustBy is required");
        else if (AdjustBy is not null && Reason is null)
            errors.Add("reason", "is required with adjustBy");
        else if (Received is not null && Reason is not null)
            errors.Add("reason", "belongs to adjustBy only");
    }
}

/// <summary>A product and its stock.</summary>
/// <param name="Id">Product id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Price">Price of one unit.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="OnHand">Units in the house: available + reserved.</param>
/// <param name="Available">Units that can be ordered.</param>
/// <param name="Reserved">Units held for orders.</param>
/// <param name="Version">Its version, as in the ETag.</param>
internal sealed record ProductBody(
    string Id, string Name, decimal Price, string Currency, long OnHand, long Available, long Reserved, int Version)
{
    public static ProductBody Of(ProductView product) => new(
        product.Id, product.Name, product.Price, product.Currency, product.OnHand, product.Available, product.Reserved, product.Version);

    /// <summary>A product of the read model.</summary>
    public static ProductBody Of(ProductRow product) => new(
        product.Id, product.Name, product.Price, product.Currency, product.OnHand, product.Available, product.Reserved, product.Version);
}
