using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Crescent.Domain.Orders;

/// <summary>One line of an order, with the name and the price of the product when it was placed.</summary>
public sealed record OrderLine(string ProductId, string Name, int Quantity, Money UnitPrice)
{
    [JsonIgnore]
    public Money LineTotal => UnitPrice * Quantity;
}

/// <summary>What all lines of an order that name one product ask for together.</summary>
public sealed record ProductQuantity(string ProductId, int Quantity, Money UnitPrice)
{
    /// <summary>In the order of the products' first lines.</summary>
    public static ImmutableArray<ProductQuantity> Merge(IEnumerable<OrderLine> lines) =>
    [
        .. lines.GroupBy(line => line.ProductId, StringComparer.Ordinal)
            .Select(same => new ProductQuantity(same.Key, same.Sum(line => line.Quantity), same.First().UnitPrice)),
    ];
}
