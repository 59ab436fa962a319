using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Crescent.ApiHost.Http;

/// <summary>An aggregate's version as its strong entity tag, and the versions a client expects in <c>If-Match</c>.</summary>
internal static class EntityTags
{
    public static void SetVersion(this HttpResponse response, int version) =>
        response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>
    /// Reads <c>If-Match</c>: <paramref name="version"/> is null where any will do. False when the header can match no version
    /// of ours (weak or foreign tags never match strongly) or is no list of tags.
    /// </summary>
    public static bool TryReadIfMatch(this HttpRequest request, out int? version)
    {
        version = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header is ["*"])
            return true;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags is not [{ IsWeak: false } tag])
            return false;
        if (!int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var expected))
            return false;

        version = expected;
        return true;
    }
}
