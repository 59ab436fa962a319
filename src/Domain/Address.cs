namespace Crescent.Domain;

/// <summary>Where a parcel goes and who receives it. Personal wherever it is stored, and never printed.</summary>
public sealed record Address(string Name, string Street, string City, string PostalCode, string Country)
{
    public override string ToString() => nameof(Address);
}
