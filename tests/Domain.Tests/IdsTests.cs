namespace Crescent.Domain.Tests;

public sealed class IdsTests
{
    [Fact]
    public void From_SameParts_IsTheSameVersion8Id()
    {
        var id = DerivedId.From("order", "1");
        Assert.Equal(id, DerivedId.From("order", "1"));
        Assert.Equal((8, 0x8), (id.Version, id.Variant & 0xC));
        // Stored ids derive from this; the value may never change.
        Assert.Equal(Guid.Parse("3b138351-1717-8c12-8967-8ba9ad8cfe66"), id);
    }

    [Fact]
    public void From_PartsCutElsewhere_AreOtherIds()
    {
        Assert.NotEqual(DerivedId.From("ab", "c"), DerivedId.From("a", "bc"));
        Assert.NotEqual(DerivedId.From("ab"), DerivedId.From("ab", ""));
        Assert.NotEqual(DerivedId.From(new string('é', 1000)), DerivedId.From(new string('é', 999)));
    }
}
