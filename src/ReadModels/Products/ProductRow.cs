namespace Crescent.ReadModels.Products;

/// <summary>A product and its stock as the read model shows them.</summary>
/// <param name="Version">The version of the product that is shown.</param>
public sealed record ProductRow(
    string Id, string Name, decimal Price, string Currency, long Available, long Reserved, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int Version)
{
    public long OnHand => Available + Reserved;
}
