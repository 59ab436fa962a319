using Crescent.ApiHost.Http;

namespace Crescent.ApiHost.Tests.Http;

public sealed class CursorTests
{
    [Theory]
    [InlineData("2026-01-01T00:00:00Z|0192")]
    [InlineData("Café ☕")]
    public void TryDecode_OfAnEncodedPlace_GivesItBack(string place)
    {
        Assert.True(Cursor.TryDecode(Cursor.Encode(place), out var decoded));
        Assert.Equal(place, decoded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    public void TryDecode_OfSomethingElse_IsRefused(string cursor) => Assert.False(Cursor.TryDecode(cursor, out _));

    [Fact]
    public void TryDecode_OfNone_IsTheBeginning()
    {
        Assert.True(Cursor.TryDecode(null, out var place));
        Assert.Null(place);
    }
}
