namespace Crescent.Domain;

/// <summary>Where a shipment goes. Personal wherever it is stored, and never printed.</summary>
public sealed record Address(string Street, string City, string PostalCode, string Country)
{
    public override string ToString() => nameof(Address);
}
