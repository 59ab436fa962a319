using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Crescent.ApiHost.Http;

/// <summary>The header <c>Prefer</c> of RFC 7240, of which this API knows <c>wait</c>.</summary>
internal static class Preferences
{
    /// <summary>Shorter than the time a grain call may take, so that waiting never ends as a failure.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>
    /// <c>Prefer = 1#( token [ "=" word ] *( ";" parameter ) )</c>; the first <c>wait=delta-seconds</c> counts.
    /// A preference that is unknown or malformed is ignored, as the RFC wants it.
    /// </summary>
    public static TimeSpan? Wait(StringValues prefer)
    {
        foreach (var header in prefer)
        {
            foreach (var preference in (header ?? "").Split(','))
            {
                var nameAndValue = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
                if (nameAndValue.Length == 2
                    && nameAndValue[0].Equals("wait", StringComparison.OrdinalIgnoreCase)
                    && uint.TryParse(nameAndValue[1].Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                {
                    return seconds >= LongestWait.TotalSeconds ? LongestWait : TimeSpan.FromSeconds(seconds);
                }
            }
        }

        return null;
    }
}
