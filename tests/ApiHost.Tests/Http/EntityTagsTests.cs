using Crescent.ApiHost.Http;
using Microsoft.AspNetCore.Http;

namespace Crescent.ApiHost.Tests.Http;

public sealed class EntityTagsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("\"7\"", 7)]
    public void TryReadIfMatch_OfAVersionOrAny_IsRead(string? header, int? expected)
    {
        Assert.True(RequestWith(header).TryReadIfMatch(out var version));
        Assert.Equal(expected, version);
    }

    [Theory]
    [InlineData("W/\"7\"")]
    [InlineData("\"seven\"")]
    [InlineData("\"-7\"")]
    [InlineData("7")]
    [InlineData("\"6\", \"7\"")]
    public void TryReadIfMatch_OfAnythingElse_MatchesNoVersion(string header) => Assert.False(RequestWith(header).TryReadIfMatch(out _));

    static HttpRequest RequestWith(string? ifMatch)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfMatch = ifMatch;
        return request;
    }
}
