using System.Buffers.Text;
using System.Text;

namespace Crescent.ApiHost.Http;

/// <summary>A place in a list as an opaque text: clients must not take it apart, so that its inside may change.</summary>
internal static class Cursor
{
    const int MaxLength = 512;

    public static string? Encode(string? place) => place is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    public static bool TryDecode(string? cursor, out string? place)
    {
        place = null;
        if (cursor is null)
            return true;
        if (cursor.Length is 0 or > MaxLength || !Base64Url.IsValid(cursor))
            return false;

        place = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }
}
